import { EMPTY, map, type Observable, switchMap, take, timer } from 'rxjs';
import type { Tray } from './tray.js';

/** Milliseconds: at log-in the panel may come after us. */
const grace = 20_000;

/** Happens at most once: when the desktop has had no place for the icon for a while. Time to say how to get one (`tray.missing`). */
export function trayMissing(tray: Pick<Tray, 'presence'>, after = grace): Observable<void> {
  return tray.presence.pipe(
    switchMap((presence) => (presence === 'waiting' ? timer(after) : EMPTY)),
    take(1),
    map(() => undefined),
  );
}
