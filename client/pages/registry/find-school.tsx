import { useEffect, useState } from "react";
import type { FoundSchools, MySchools, SchoolCard } from "../../../protocol/http/registry.ts";
import { findSchools } from "../../api/registry.ts";
import { myIdentities } from "../../api/signing-in.ts";
import { Button } from "../../parts/button.tsx";
import { Select, TextField } from "../../parts/field.tsx";
import { Place } from "../../parts/place.tsx";
import { StatusLine } from "../../parts/said.tsx";
import { Tag } from "../../parts/tag.tsx";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { useAsked } from "../portal/use-asked.ts";
import { useList } from "../portal/use-list.ts";
import { JoinDialog } from "./join-dialog.tsx";

type Found = FoundSchools["schools"][number];

/** One's own school among those that are here, and the way to enter one that is not. */
export function FindSchool({ joined, enter }: { joined: (mine: MySchools) => void; enter: () => void }) {
  const countries = useList("country");
  const [sought, seek] = useState({ words: "", country: "" });
  const [found, setFound] = useState<FoundSchools>();
  const [joining, join] = useState<SchoolCard>();
  const find = useAct(
    (after: string | null) => findSchools(sought.words, sought.country, after),
    (page, after) => setFound((before) => (after === null ? page : joinPages(before, page))),
  );
  // Where single sign-on told the school it is written there already, unless something was typed meanwhile.
  const { asked: elsewhere } = useAsked(myIdentities);
  const told = elsewhere.state === "here" ? elsewhere.value.identities.find(({ school }) => school !== "") : undefined;
  useEffect(() => {
    if (told) seek((before) => (before.words === "" ? { ...before, words: told.school } : before));
  }, [told]);
  return (
    <>
      <section className="card form" aria-labelledby="find-school">
        <h2 id="find-school">{t("register.findTitle")}</h2>
        <p className="soft">{t("register.findLead")}</p>
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            find.run(null);
          }}
        >
          <div className="form__pair">
            <TextField
              label={t("register.words")}
              name="words"
              type="search"
              autoComplete="off"
              maxLength={120}
              value={sought.words}
              onChange={(event) => seek({ ...sought, words: event.target.value })}
            />
            <Select
              label={t("register.country")}
              name="country"
              value={sought.country}
              choices={[{ value: "", label: t("register.anyCountry") }, ...countries.choices]}
              onChoose={(country) => seek({ ...sought, country })}
            />
          </div>
          <div className="form__acts">
            <Button type="submit" icon="magnifying-glass" look="filled" aria-disabled={find.busy}>
              {t("register.find")}
            </Button>
            <StatusLine>{found === undefined ? undefined : sentenceFor(found)}</StatusLine>
          </div>
          <Trouble refusal={find.refusal} />
        </form>
        {found === undefined || found.schools.length === 0 ? null : (
          <FoundRows
            found={found.schools}
            join={join}
            more={found.next === null ? undefined : () => find.run(found.next)}
          />
        )}
        <div className="not-listed">
          <p>{t("register.notListed")}</p>
          <Button icon="plus" onClick={enter}>
            {t("register.enter")}
          </Button>
        </div>
      </section>
      {joining === undefined ? null : <JoinDialog school={joining} joined={joined} onClose={() => join(undefined)} />}
    </>
  );
}

const joinPages = (before: FoundSchools | undefined, page: FoundSchools): FoundSchools => ({
  ...page,
  schools: [...(before?.schools ?? []), ...page.schools],
});

function sentenceFor({ schools: { length: count }, next }: FoundSchools): string {
  if (count === 0) return t("register.nothingFound");
  return next === null ? t("register.found", { count }) : t("register.foundMore", { count });
}

export function FoundRows({
  found,
  join,
  more,
}: {
  found: readonly Found[];
  join: (school: SchoolCard) => void;
  more?: (() => void) | undefined;
}) {
  return (
    <>
      <ul className="rows rows--within" aria-label={t("register.foundList")}>
        {found.map((school) => (
          <li className="row" key={school.id}>
            <div className="row__words">
              <strong>{school.name}</strong>
              {school.legalName === "" || school.legalName === school.name ? null : (
                <span className="small">{school.legalName}</span>
              )}
              <span className="soft small">
                <Place country={school.country}>
                  {[school.town, school.number].filter((part) => part !== "").join(" · ")}
                </Place>
              </span>
            </div>
            <div className="row__acts">
              {school.state === "submitted" ? <Tag tone="waiting">{t("register.isChecked")}</Tag> : null}
              {school.mine === null ? (
                <Button
                  size="small"
                  aria-label={t("register.joinName", { school: school.name })}
                  onClick={() => join(school)}
                >
                  {t("register.join")}
                </Button>
              ) : (
                <Tag tone={school.mine === "active" ? "good" : "waiting"}>
                  {school.mine === "active" ? t("register.worksThere") : t("register.asked")}
                </Tag>
              )}
            </div>
          </li>
        ))}
      </ul>
      {more === undefined ? null : (
        <Button onClick={more} icon="caret-down">
          {t("register.more")}
        </Button>
      )}
    </>
  );
}
