import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import "./tabs.css";

export interface TabShown<K extends string = string> {
  key: K;
  label: string;
  /** A number beside the words, for what is new. */
  count?: number;
  panel: ReactNode;
}

/** Tabs with their panels; arrow keys move between them. Panels that are not chosen are not drawn. */
export function Tabs<K extends string>({
  name,
  tabs,
  chosen,
  onChoose,
}: {
  name: string;
  tabs: readonly TabShown<K>[];
  chosen: K;
  onChoose: (key: K) => void;
}) {
  const id = useId();
  const row = useRef<HTMLDivElement>(null);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = tabs.findIndex((tab) => tab.key === chosen);
    const to = tabs[(at + step + tabs.length) % tabs.length];
    if (to === undefined) return;
    onChoose(to.key);
    row.current?.querySelector<HTMLElement>(`#${CSS.escape(`${id}-${to.key}`)}`)?.focus();
  };

  return (
    <div className="tabs">
      <div className="tabs__row" role="tablist" aria-label={name} ref={row} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            type="button"
            role="tab"
            id={`${id}-${tab.key}`}
            className="tabs__tab"
            aria-selected={tab.key === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={tab.key === chosen ? 0 : -1}
            onClick={() => onChoose(tab.key)}
          >
            {tab.label}
            {tab.count === undefined ? null : <span className="tabs__count">{tab.count}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`} className="tabs__panel">
        {tabs.find((tab) => tab.key === chosen)?.panel}
      </div>
    </div>
  );
}
