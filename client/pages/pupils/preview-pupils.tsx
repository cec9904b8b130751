import { useRef, useState } from "react";
import { aliasKey, aliasTells } from "../../../domain/twinspace/alias.ts";
import { pictureNames } from "../../../protocol/twinspace/pictureNames.ts";
import { longestAlias, longestYear } from "../../../protocol/twinspace/pupilLimits.ts";
import type { LoginCards, NewPupil, WantedSecret } from "../../../protocol/twinspace/pupils.ts";
import { makePupils } from "../../api/space/pupils.ts";
import { isRefused, type Refusal as Refused } from "../../api.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Select, TextField } from "../../parts/field.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Refusal, StatusLine } from "../../parts/said.tsx";
import { aliasErrors } from "../../views/own-pupils.ts";
import { say, t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useSpace } from "../twinspace/space-page.tsx";

/** Each is hashed for some time; so many are sent at once that an answer comes soon. */
const sentAtOnce = 40;

/** What is about to be made, to be looked through and mended: an alias, a picture, a year for every name. */
export function PreviewPupils({
  pupils: first,
  taken: firstTaken,
  secret,
  made,
  back,
}: {
  pupils: readonly NewPupil[];
  taken: ReadonlySet<string>;
  secret: WantedSecret;
  made: (cards: LoginCards) => void;
  back: () => void;
}) {
  const { slug } = useSpace();
  const [pupils, setPupils] = useState(first);
  const [taken, setTaken] = useState(firstTaken);
  const [all, setAll] = useState(0);
  const [refusal, setRefusal] = useState<Refused>();
  const [isTold, tell] = useState(false);
  // What was made before something went wrong: its secrets are nowhere else.
  const kept = useRef<LoginCards | undefined>(undefined);
  const errors = aliasErrors(pupils, taken);
  const change = (index: number, changes: Partial<NewPupil>) =>
    setPupils((before) => before.map((pupil, at) => (at === index ? { ...pupil, ...changes } : pupil)));

  const make = async () => {
    tell(true);
    if (errors.size > 0 || all > 0) return;
    setRefusal(undefined);
    setAll(pupils.length);
    let left = pupils;
    while (left.length > 0) {
      const sent = left.slice(0, sentAtOnce).map((pupil) => ({ ...pupil, alias: pupil.alias.trim() }));
      const answer = await makePupils(slug, { pupils: sent, secret });
      if (isRefused(answer)) {
        setAll(0);
        const wrong = wrongAliases(answer, sent);
        if (wrong.length === 0) setRefusal(answer);
        return setTaken((before) => new Set([...before, ...wrong]));
      }
      const { cards } = answer.value;
      kept.current = { ...answer.value, cards: [...(kept.current?.cards ?? []), ...cards] };
      left = left.slice(sent.length);
      setPupils(left);
    }
    if (kept.current) made(kept.current);
  };

  const done = kept.current;
  return (
    <form
      className="form"
      noValidate
      aria-label={t("pupils.addTitle")}
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <div>
        <h2>{t("pupils.previewTitle", { count: pupils.length })}</h2>
        <p className="soft">{t("pupils.previewHint")}</p>
      </div>
      <ol className="preview-pupils">
        {pupils.map((pupil, index) => (
          <PreviewRow
            // biome-ignore lint/suspicious/noArrayIndexKey: two may have the same name; rows are only taken away
            key={index}
            pupil={pupil}
            error={errors.get(index)}
            change={(changes) => change(index, changes)}
            leaveOut={() => setPupils((before) => before.filter((_, at) => at !== index))}
          />
        ))}
      </ol>
      <Trouble refusal={refusal} />
      {isTold && errors.size > 0 ? <Refusal>{t("pupils.mend", { count: errors.size })}</Refusal> : null}
      <StatusLine>{all === 0 ? "" : t("pupils.making", { made: all - pupils.length, all })}</StatusLine>
      <div className="form__acts">
        {pupils.length === 0 ? null : (
          <Button type="submit" look="filled" icon="user-plus" aria-disabled={all > 0}>
            {t("pupils.make", { count: pupils.length })}
          </Button>
        )}
        {done === undefined ? (
          <Button look="plain" onClick={back}>
            {t("pupils.backToList")}
          </Button>
        ) : (
          <Button icon="identification-card" onClick={() => made(done)}>
            {t("cards.count", { count: done.cards.length })}
          </Button>
        )}
      </div>
    </form>
  );
}

/** Those that somebody else was quicker with. */
function wrongAliases({ refused, fields = [] }: Refused, sent: readonly NewPupil[]): string[] {
  if (refused !== "pupil.aliasTaken") return [];
  return fields.flatMap((field) => {
    const alias = sent[Number(field.split(".")[1])]?.alias;
    return alias === undefined ? [] : [aliasKey(alias)];
  });
}

function PreviewRow({
  pupil: { name, alias, picture, year },
  error,
  change,
  leaveOut,
}: {
  pupil: NewPupil;
  error: Parameters<typeof say>[0] | undefined;
  change: (changes: Partial<NewPupil>) => void;
  leaveOut: () => void;
}) {
  const warns = error === undefined && aliasTells(alias, name) === "part";
  return (
    <li className="card preview-pupil">
      <bdi className="preview-pupil__name">{name}</bdi>
      <TextField
        label={t("pupils.alias")}
        aria-label={t("pupils.aliasOf", { name })}
        maxLength={longestAlias}
        autoComplete="off"
        value={alias}
        onChange={(event) => change({ alias: event.target.value })}
        hint={warns ? t("pupils.aliasPart") : undefined}
        error={error === undefined ? undefined : say(error, {})}
      />
      <Select
        label={t("pupils.picture")}
        aria-label={t("pupils.pictureOf", { name })}
        icon={<Picture name={picture} />}
        value={picture}
        choices={pictureNames.map((value) => ({ value, label: t(`picture.${value}`) }))}
        onChoose={(chosen) => change({ picture: chosen })}
      />
      <TextField
        label={t("pupils.year")}
        aria-label={t("pupils.yearOf", { name })}
        maxLength={longestYear}
        autoComplete="off"
        value={year}
        onChange={(event) => change({ year: event.target.value })}
      />
      <IconButton icon="x" name={t("pupils.leaveOutName", { name })} onClick={leaveOut} />
    </li>
  );
}
