/** The switch between a linear and a logarithmic ordinate of all loss charts. */
import { useStudio, useStudioState } from '../../store/react.tsx';

export function LossScale() {
  const { view } = useStudio();
  const logScale = useStudioState((s) => s.view.logScale);
  return (
    <label>
      <input type="checkbox" checked={logScale} onChange={(e) => view.set({ logScale: e.target.checked })} />{' '}
      Losses on a log scale
    </label>
  );
}
