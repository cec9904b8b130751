/** How loud a microphone is, for a meter: 0 (still) to 10. */

/** Follows a track until the returned function is called. `told` hears only changes, at most some ten times a second. */
export function followLevel(track: MediaStreamTrack, told: (level: number) => void): () => void {
  const context = new AudioContext();
  // Before a press on the page a browser may keep it suspended; with a microphone open it goes on by itself.
  void context.resume().catch(() => undefined);
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  source.connect(analyser);
  const wave = new Float32Array(analyser.fftSize);
  let shown = -1;
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(wave);
    const level = levelOf(wave);
    if (level === shown) return;
    shown = level;
    told(level);
  }, 90);
  return () => {
    clearInterval(timer);
    source.disconnect();
    void context.close();
  };
}

/** Loudness of a piece of sound (samples -1 to 1) on a scale of 0 to 10, by decibels: -55 dB is still, -10 dB is full. */
export function levelOf(wave: Float32Array): number {
  const power = wave.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, wave.length);
  const decibels = 10 * Math.log10(power + 1e-10);
  return Math.max(0, Math.min(10, Math.round((decibels + 55) / 4.5)));
}
