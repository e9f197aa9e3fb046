/** The first descriptor that is handed down (sd_listen_fds(3)). */
const first = 3;
const most = 8;

/** Descriptors of sockets that systemd made and handed to this very process; none for any other. */
export function inheritedSockets(
  environment: Readonly<Record<string, string | undefined>>,
  pid: number,
): readonly number[] {
  if (environment['LISTEN_PID'] !== String(pid)) return [];
  const count = Number(environment['LISTEN_FDS']);
  if (!Number.isInteger(count) || count < 1 || count > most) return [];
  return Array.from({ length: count }, (_, at) => first + at);
}
