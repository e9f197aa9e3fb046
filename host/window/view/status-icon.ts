/** The nine states of the tray icon (product.md §3), which the window shows too. */
export type StatusIcon =
  | 'no-reader'
  | 'no-card'
  | 'reading'
  | 'ready'
  | 'unrecognised'
  | 'no-certificate'
  | 'activation'
  | 'locked'
  | 'expiring';
