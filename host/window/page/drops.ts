/** What happens with files that are held over the page. */
export interface DropListener {
  over(is: boolean): void;
  dropped(files: readonly File[]): void;
}

/** Hears of files that are dropped anywhere: without, the browser would leave the page for the file. */
export function followDrops({ over, dropped }: DropListener): void {
  const withFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = withFiles(event) ? 'copy' : 'none';
    over(withFiles(event));
  });
  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) over(false);
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    over(false);
    if (withFiles(event)) dropped([...(event.dataTransfer?.files ?? [])]);
  });
}
