/**
 * What `answered` brings; a failure not before `least` milliseconds are over. Firefox 153 sends C_Login first and then opens its dialog
 * that points to the token, whose script listens for the end only once it is there (nsNSSCallbacks.cpp, protectedAuth.js): after an
 * answer that comes sooner the dialog stays until the person cancels it. Nobody types a PIN as fast as that, but a refusal may be.
 */
export async function notAtOnce<T>(answered: Promise<T>, least: number): Promise<T> {
  const over = new Promise<void>((resolve) => setTimeout(resolve, least).unref());
  try {
    return await answered;
  } catch (error) {
    await over;
    throw error;
  }
}
