import "./qr-code.css";

/** A QR code, row by row from the top, `1` for dark. Dark on light in every theme, for scanners expect it. */
export function QrCode({ rows, name }: { rows: readonly string[]; name: string }) {
  const quiet = 4;
  const size = rows.length + 2 * quiet;
  const dark = rows.flatMap((row, y) =>
    [...row.matchAll(/1+/g)].map(
      ({ 0: run, index }) => `M${index + quiet} ${y + quiet}h${run.length}v1h-${run.length}z`,
    ),
  );
  return (
    <svg className="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={name} shapeRendering="crispEdges">
      <path className="qr-code__ground" d={`M0 0h${size}v${size}h-${size}z`} />
      <path className="qr-code__dark" d={dark.join("")} />
    </svg>
  );
}
