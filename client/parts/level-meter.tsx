import "./level-meter.css";

/** How loud it is, as lit steps with outlines for the rest: to be read without colour. `level` is 0 to 10. */
export function LevelMeter({ level, steps = 24, name }: { level: number; steps?: number; name: string }) {
  const lit = Math.round((Math.min(10, Math.max(0, level)) / 10) * steps);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a meter element cannot be drawn as steps in every browser
    <span
      className="level-meter"
      role="meter"
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={10}
      aria-valuenow={level}
    >
      {Array.from({ length: steps }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps never move
        <i key={i} data-lit={i < lit || undefined} />
      ))}
    </span>
  );
}
