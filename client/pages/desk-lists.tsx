import { type ReactNode, useEffect, useState } from "react";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import type { EditedEntry, ListName } from "../../protocol/http/lists.ts";
import { editedEntries } from "../api/desk.ts";
import { Button } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Select, TextField } from "../parts/field.tsx";
import { StatusLine } from "../parts/said.tsx";
import { Tag } from "../parts/tag.tsx";
import { Worklist, type WorklistColumn } from "../parts/worklist.tsx";
import { languageName, longDate } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { DeskFrame } from "./desk/desk-frame.tsx";
import { EntryDialog } from "./desk/entry-dialog.tsx";
import { OwnPage } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { forgetLists, nameOf } from "./portal/use-list.ts";
import { usePages } from "./portal/use-pages.ts";

const lists = [
  "country",
  "region",
  "language",
  "subject",
  "vocationalSubject",
  "competence",
  "tool",
  "schoolType",
  "staffRole",
  "rubric",
  "criterion",
] as const satisfies readonly ListName[];

/** `/desk/lists`: what forms offer to choose from, for the central service. */
export default function DeskListsPage() {
  return (
    <OwnPage title={t("desk.lists")} needs="central">
      {(me, door) => <Lists me={me} door={door} />}
    </OwnPage>
  );
}

function Lists({ me, door }: { me: Me; door: FrontDoor }) {
  const [list, choose] = useState<ListName>("subject");
  return (
    <DeskFrame me={me} door={door} title={t("desk.lists")} intro={t("desk.listsHint")}>
      <Entries
        key={list}
        list={list}
        choosing={
          <Select
            label={t("desk.whichList")}
            value={list}
            choices={lists.map((value) => ({ value, label: t(`desk.list.${value}`) }))}
            onChoose={choose}
          />
        }
      />
    </DeskFrame>
  );
}

function Entries({ list, choosing }: { list: ListName; choosing: ReactNode }) {
  const [words, setWords] = useState("");
  const [said, say] = useState<string>();
  const [open, setOpen] = useState<EditedEntry | "new">();
  const pages = usePages(words, (sought, after) => editedEntries(list, sought, after));
  const { rows } = pages;
  useEffect(() => () => forgetLists(), []);
  const saved = (entry: EditedEntry) => {
    const isNew = open === "new";
    setOpen(undefined);
    say(t("desk.saved", { name: nameOf(list, entry) }));
    pages.change((before) =>
      isNew ? [entry, ...before] : before.map((one) => (one.code === entry.code ? entry : one)),
    );
  };
  return (
    <>
      <div className="desk-filters">
        {choosing}
        <TextField
          label={t("desk.sought")}
          type="search"
          autoComplete="off"
          maxLength={120}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <Button look="filled" icon="plus" onClick={() => setOpen("new")}>
          {t("desk.addEntry")}
        </Button>
      </div>
      <StatusLine>{said}</StatusLine>
      <Trouble refusal={pages.refusal} again={pages.again} />
      {rows === undefined ? <p role="status">{t("app.loading")}</p> : null}
      {rows?.length === 0 ? <EmptyState icon="magnifying-glass" title={t("desk.entryEmpty")} /> : null}
      {rows === undefined || rows.length === 0 ? null : (
        <Worklist
          name={t(`desk.list.${list}`)}
          columns={columnsOf(list, setOpen)}
          rows={rows}
          keyOf={({ code }) => code}
        />
      )}
      {pages.hasMore ? (
        <Button onClick={pages.more} aria-disabled={pages.busy}>
          {t("desk.more")}
        </Button>
      ) : null}
      {open === undefined ? null : (
        <EntryDialog
          list={list}
          entry={open === "new" ? null : open}
          saved={saved}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}

function columnsOf(list: ListName, edit: (entry: EditedEntry) => void): WorklistColumn<EditedEntry>[] {
  return [
    {
      head: t("desk.entry"),
      names: true,
      cell: (entry) => (
        <span className="person">
          <span>{nameOf(list, entry)}</span>
          <span className="soft small">{entry.code}</span>
        </span>
      ),
    },
    {
      head: t("desk.labels"),
      cell: ({ labels }) =>
        Object.entries(labels)
          .filter(([tag]) => tag !== "en")
          .map(([tag, label]) => `${languageName(tag)}: ${label}`)
          .join(" · ") || "–",
    },
    { head: t("desk.validity"), cell: (entry) => <Validity entry={entry} /> },
    {
      head: t("operate.does"),
      quiet: true,
      cell: (entry) => (
        <Button
          size="small"
          aria-label={t("desk.editEntry", { name: nameOf(list, entry) })}
          onClick={() => edit(entry)}
        >
          {t("desk.edit")}
        </Button>
      ),
    },
  ];
}

function Validity({ entry: { validFrom, validUntil } }: { entry: EditedEntry }) {
  const today = new Date().toISOString().slice(0, 10);
  const days = [
    validFrom === null ? "" : t("desk.from", { date: longDate(Date.parse(validFrom)) }),
    validUntil === null ? "" : t("desk.until", { date: longDate(Date.parse(validUntil)) }),
  ].filter(Boolean);
  const isEnded = validUntil !== null && validUntil <= today;
  const isComing = validFrom !== null && validFrom > today;
  return (
    <span className="person">
      <span>
        <Tag tone={isEnded ? "bad" : isComing ? "waiting" : "good"}>
          {t(isEnded ? "desk.ended" : isComing ? "desk.notYet" : "desk.valid")}
        </Tag>
      </span>
      <span className="soft small">{days.length === 0 ? t("desk.always") : days.join(", ")}</span>
    </span>
  );
}
