import "./patterns.css";

const marks: readonly (readonly string[])[] = [
  [],
  ["M-2 8 8 -2M3 13 13 3"],
  [],
  ["M0 2.5H10M0 7.5H10"],
  ["M3 0V10M8 0V10"],
  ["M-2 2 8 12M3 -3 13 7"],
  ["M-2 8 8 -2M3 13 13 3", "M-2 2 8 12M3 -3 13 7"],
  ["M0 5Q2.5 1 5 5T10 5"],
];

/** The eight colours with the eight patterns of the looks, for `fill={url(#id-n)}`; marks are the sheet's own ground. */
export function Patterns({ id }: { id: string }) {
  return (
    <svg className="chart-patterns" aria-hidden="true" focusable="false">
      <defs>
        {marks.map((paths, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: eight patterns that never move
          <pattern key={i} id={`${id}-${i + 1}`} width="10" height="10" patternUnits="userSpaceOnUse">
            <rect width="10" height="10" data-pattern={i + 1} />
            {i === 2 ? <circle className="chart-mark-dot" cx="5" cy="5" r="2" /> : null}
            {paths.map((d) => (
              <path key={d} className="chart-mark" d={d} />
            ))}
          </pattern>
        ))}
      </defs>
    </svg>
  );
}

/** A box filled with one of them, as large as what is around it. */
export function PatternBox({ id, pattern }: { id: string; pattern: number }) {
  return (
    <svg className="chart-box" aria-hidden="true" focusable="false">
      <rect data-pattern={pattern} x="1" y="1" rx="5" fill={`url(#${id}-${pattern})`} />
    </svg>
  );
}
