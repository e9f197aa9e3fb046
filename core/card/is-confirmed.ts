import type { Channel } from './channel.js';
import type { CardProfile } from './profile.js';

/** The empty VERIFY that tells look-alikes apart; asked once. 6A88: the card has no such PIN. */
export async function isConfirmed(
  channel: Channel,
  { confirm, application }: CardProfile,
  known: Map<string, boolean>,
): Promise<boolean> {
  if (!confirm) return true;
  const asked = `${application}:${confirm.reference}`;
  const told = known.get(asked) ?? (await hasReference(channel, confirm.reference));
  known.set(asked, told);
  return told === confirm.known;
}

async function hasReference(channel: Channel, reference: number): Promise<boolean> {
  const { status } = await channel.send({ cla: 0x00, ins: 0x20, p1: 0x00, p2: reference });
  return status !== 0x6a88;
}
