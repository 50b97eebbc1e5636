/** Files of a dropped or chosen folder, named with it. Pure. */
import type { FileWithPath } from 'react-dropzone';

/**
 * A file whose name has its folders, `corpus/session 1/labels.txt`: a path beside the name would not reach a worker.
 * A file that lay in no folder is given back as it is.
 */
export function withFolder(file: FileWithPath): File {
  const path = (file.relativePath ?? file.webkitRelativePath ?? '').replace(/^\.?\//, '');
  if (!path.includes('/')) return file;
  return new File([file], path, { type: file.type, lastModified: file.lastModified });
}
