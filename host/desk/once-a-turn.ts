/** Calls `work` once for all calls of one turn, at its end. */
export function onceATurn(work: () => void): () => void {
  let pending = false;
  return () => {
    if (pending) return;
    pending = true;
    queueMicrotask(() => {
      pending = false;
      work();
    });
  };
}
