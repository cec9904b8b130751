import { type ReactNode, useState } from "react";
import type { Said } from "../../../../protocol/twinspace/said.ts";
import { changeSaid, removeSaid, type SaidKind } from "../../../api/space/talk.ts";
import type { Answer } from "../../../api.ts";
import type { MenuAct } from "../../../parts/menu.tsx";
import { personName } from "../../../views/people-of-space.ts";
import { t } from "../../../words/words.ts";
import { dateTimeIn, timeIn } from "../../../words/zoned.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";
import { PersonName } from "../person-name.tsx";
import { useSpace } from "../space-page.tsx";
import { HiddenNote, ThingMenu } from "../thing-menu.tsx";
import { EarlierDialog } from "./earlier-dialog.tsx";
import { noteRemoved } from "./removed.tsx";
import { SaidWords } from "./said-words.tsx";
import { useZone } from "./use-zone.ts";
import { WriteForm, type Written } from "./write-form.tsx";
import "./talk.css";

/** As in client/views/space-sections.ts; the server refuses by itself. */
export const isTeacherRole = (role: string): boolean => ["founder", "teacherAdmin", "teacher"].includes(role);

interface SaidThing {
  kind: SaidKind;
  said: Said;
  /** What it is, in a sentence: "Aino's answer". */
  name: string;
  /** Of what has one. */
  title?: { text: string; label: string; level: 1 | 2 | 3; href?: string } | undefined;
  /** Its words may be none. */
  mayBeEmpty?: boolean;
  label: string;
  tags?: ReactNode;
  acts?: readonly MenuAct[];
  /** Below the words, hidden with them. */
  children?: ReactNode;
  /** What is changed with the words. */
  editing?: ReactNode;
  /** Saves; by default only title and words. */
  save?: (written: Written) => Promise<Answer<unknown>>;
  /** It was changed, removed, hidden or shown: ask again. */
  changed: () => void;
  /** Without who, which stands above already. */
  goesOn?: boolean;
  /** The day stands above already. */
  timeOnly?: boolean;
}

/** Something that somebody said, with its menu. It is changed in its place; RemovedNotice takes a removal back. */
export function SaidCard(thing: SaidThing) {
  const { kind, said, title, label, mayBeEmpty = false, changed } = thing;
  const { slug } = useSpace();
  const [editing, edit] = useState(false);
  const remove = useAct(
    () => removeSaid(slug, kind, said.id),
    () => {
      noteRemoved({ slug, kind, id: said.id });
      changed();
    },
  );
  const save =
    thing.save ??
    (({ title: text, words }: Written) =>
      changeSaid(slug, kind, said.id, title === undefined ? { words } : { title: text, words }));
  return (
    <>
      <Head {...thing} edit={() => edit(true)} remove={() => remove.run()} />
      <Trouble refusal={remove.refusal} />
      {editing ? (
        <WriteForm
          where={`edit ${kind} ${said.id}`}
          label={label}
          {...(title === undefined ? {} : { title: title.label })}
          begin={{ title: title?.text ?? "", words: said.words }}
          send={t("act.save")}
          mayBeEmpty={mayBeEmpty}
          first
          onSend={save}
          done={() => {
            edit(false);
            changed();
          }}
          cancel={() => edit(false)}
        >
          {thing.editing}
        </WriteForm>
      ) : (
        <Words {...thing} />
      )}
    </>
  );
}

function Words({ said, title, children }: SaidThing) {
  const shown = (
    <>
      {title === undefined || title.text === "" ? null : <Title {...title} />}
      <SaidWords text={said.words} />
      {children}
    </>
  );
  return said.hidden === null ? shown : <HiddenNote hidden={said.hidden}>{shown}</HiddenNote>;
}

function Title({ text, level, href }: { text: string; level: 1 | 2 | 3; href?: string }) {
  const Heading = `h${level}` as const;
  return (
    <Heading className="said-title" dir="auto">
      {href === undefined ? text : <a href={href}>{text}</a>}
    </Heading>
  );
}

function Head({
  kind,
  said,
  name,
  tags,
  acts = [],
  changed,
  goesOn = false,
  timeOnly = false,
  edit,
  remove,
}: SaidThing & { edit: () => void; remove: () => void }) {
  const { me } = useSpace();
  const zone = useZone();
  const [earlier, showEarlier] = useState(false);
  const thing = { kind, id: said.id };
  const isTeacher = isTeacherRole(me.role);
  const own: MenuAct[] = [
    ...(said.mayEdit ? [{ label: t("thing.edit"), icon: "pencil-simple" as const, onPress: edit }] : []),
    ...acts,
    ...(isTeacher && said.editedAt !== null
      ? [{ label: t("thing.earlier"), icon: "clock" as const, onPress: () => showEarlier(true) }]
      : []),
    ...(said.mayRemove ? [{ label: t("thing.remove"), icon: "trash" as const, danger: true, onPress: remove }] : []),
  ];
  return (
    <div className="said-head">
      <div className="said-head__who">
        {goesOn ? <span className="unseen">{personName(said.author)}</span> : <PersonName person={said.author} />}
        <p className="said-head__when soft small">
          <time dateTime={new Date(said.at).toISOString()}>
            {timeOnly ? timeIn(said.at, zone) : dateTimeIn(said.at, zone)}
          </time>
          {said.editedAt === null ? null : <span> · {t("thing.edited")}</span>}
        </p>
        {tags}
      </div>
      <ThingMenu thing={thing} name={name} hidden={said.hidden} mayHide={isTeacher} changed={changed} acts={own} />
      {earlier ? <EarlierDialog thing={thing} onClose={() => showEarlier(false)} /> : null}
    </div>
  );
}
