import "./mark.css";

/** The mark: two lights that overlap on a board, one lit, one still open. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg className={className ?? "mark"} viewBox="0 0 36 32" aria-hidden="true" focusable="false">
      <rect x="1" y="1" width="34" height="30" rx="8" fill="#1e3f37" stroke="#f1f6f0" strokeOpacity="0.55" />
      <circle cx="14" cy="16" r="7" fill="#ffc83d" />
      <circle cx="22" cy="16" r="6.5" fill="none" stroke="#f1f6f0" strokeWidth="2.6" />
    </svg>
  );
}
