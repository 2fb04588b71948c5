let context: AudioContext | null = null;

/** Two soft notes, a third of a second. Silent until the person has touched the page once: browsers demand it and complain otherwise. */
export function chime(): void {
  if (!navigator.userActivation.hasBeenActive) return;
  context ??= new AudioContext();
  const audio = context;
  audio
    .resume()
    .then(() => {
      note(audio, 660, 0);
      note(audio, 880, 0.11);
    })
    // Without a device there is no sound; the notification is there all the same.
    .catch(() => undefined);
}

/** `frequency` in Hz, `delay` in seconds. */
function note(audio: AudioContext, frequency: number, delay: number): void {
  const start = audio.currentTime + delay;
  const tone = audio.createOscillator();
  const loudness = audio.createGain();
  tone.frequency.value = frequency;
  loudness.gain.setValueAtTime(0, start);
  loudness.gain.linearRampToValueAtTime(0.12, start + 0.015);
  loudness.gain.exponentialRampToValueAtTime(0.001, start + 0.24);
  tone.connect(loudness).connect(audio.destination);
  tone.start(start);
  tone.stop(start + 0.25);
}
