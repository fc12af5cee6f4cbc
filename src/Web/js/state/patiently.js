const AGAIN_MS = 1_000;

/** Asks again while the exchange is starting or away; what it refuses otherwise is thrown. */
export async function patiently(question) {
  for (;;) {
    try {
      return await question();
    } catch (error) {
      if (error.status !== 0 && error.status < 500) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}
