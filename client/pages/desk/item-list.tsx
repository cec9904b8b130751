import { useState } from "react";
import { mostAtOnce } from "../../../protocol/desk.ts";
import type { DeskItem, DeskRef } from "../../../protocol/http/desk.ts";
import type { DeskFilter } from "../../api/desk.ts";
import { Button } from "../../parts/button.tsx";
import { ConfirmDialog } from "../../parts/dialog.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Flag } from "../../parts/place.tsx";
import { Tag } from "../../parts/tag.tsx";
import { ageInWords, keyOfItem, stateOfItem } from "../../views/desk.ts";
import { t } from "../../words/words.ts";
import { dayIn } from "../../words/zoned.ts";
import type { Pages } from "../portal/use-pages.ts";

/** The list at the left: each row opens what it names; several can be ticked and accepted at once. */
export function ItemList({
  pages,
  filter,
  sought,
  zone,
  open,
  ticked,
  tick,
  busy,
  accept,
}: {
  pages: Pages<DeskItem>;
  filter: DeskFilter;
  sought: string;
  zone: string;
  open: DeskRef | null;
  ticked: readonly DeskItem[];
  tick: (items: readonly DeskItem[]) => void;
  busy: boolean;
  accept: () => void;
}) {
  const { rows } = pages;
  const [isAsking, ask] = useState(false);
  if (rows === undefined) {
    return (
      <section className="desk__list" aria-label={t("desk.list")}>
        <p role="status">{t("app.loading")}</p>
      </section>
    );
  }
  return (
    <section className="desk__list" aria-label={t("desk.list")}>
      {ticked.length === 0 ? null : (
        <div className="desk-batch">
          <strong role="status">{t("desk.selected", { count: ticked.length })}</strong>
          <Button size="small" look="filled" icon="check" aria-disabled={busy} onClick={() => ask(true)}>
            {t("desk.acceptSelected")}
          </Button>
          <Button size="small" look="plain" onClick={() => tick([])}>
            {t("desk.unselect")}
          </Button>
        </div>
      )}
      {rows.length === 0 ? (
        <EmptyState
          icon="check-circle"
          title={t(sought.trim() === "" ? `desk.empty.${filter.shelf}` : "desk.nothingFound")}
        />
      ) : (
        <ul className="desk-rows">
          {rows.map((item) => (
            <Row
              key={keyOfItem(item)}
              item={item}
              zone={zone}
              isWaiting={filter.shelf === "waiting"}
              isOpen={open !== null && keyOfItem(open) === keyOfItem(item)}
              ticked={ticked}
              tick={tick}
            />
          ))}
        </ul>
      )}
      {pages.hasMore ? (
        <Button onClick={pages.more} aria-disabled={pages.busy}>
          {t("desk.more")}
        </Button>
      ) : null}
      {isAsking ? (
        <ConfirmDialog
          title={t("desk.acceptAsk", { count: ticked.length })}
          confirm={t("desk.acceptSelected")}
          danger={false}
          onConfirm={accept}
          onClose={() => ask(false)}
        >
          <p>{t("desk.acceptSelectedHint")}</p>
        </ConfirmDialog>
      ) : null}
    </section>
  );
}

function Row({
  item,
  zone,
  isWaiting,
  isOpen,
  ticked,
  tick,
}: {
  item: DeskItem;
  zone: string;
  isWaiting: boolean;
  isOpen: boolean;
  ticked: readonly DeskItem[];
  tick: (items: readonly DeskItem[]) => void;
}) {
  const key = keyOfItem(item);
  const isTicked = ticked.some((one) => keyOfItem(one) === key);
  const { tone, words } = stateOfItem(item);
  const waitsForMe = isWaiting && item.state !== "evidenceWanted";
  return (
    <li className="desk-row" data-waits={waitsForMe || undefined} data-open={isOpen || undefined}>
      {isWaiting ? (
        <label className="desk-row__tick">
          <input
            type="checkbox"
            className="ticked__box ticked__box--checkbox"
            checked={isTicked}
            disabled={!isTicked && ticked.length >= mostAtOnce}
            aria-label={t("desk.tick", { title: item.title })}
            onChange={() => tick(isTicked ? ticked.filter((one) => keyOfItem(one) !== key) : [...ticked, item])}
          />
        </label>
      ) : null}
      <span className="desk-row__words">
        <a href={`#${key}`} aria-current={isOpen || undefined}>
          {item.title}
        </a>
        <span className="soft small">
          <Flag country={item.country} /> {t(`desk.kindOf.${item.kind}`)}
          {item.about === "" ? "" : ` · ${item.about}`}
        </span>
      </span>
      <span className="desk-row__state">
        <Tag tone={tone}>{words}</Tag>
        <span className={waitsForMe ? "desk-row__age" : "soft small"}>
          {isWaiting
            ? t("desk.waitsSince", { age: ageInWords(item.since, Date.now()) })
            : t("desk.decidedOn", { date: dayIn(item.since, zone, Date.now()) })}
        </span>
      </span>
    </li>
  );
}
