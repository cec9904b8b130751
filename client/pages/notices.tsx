import { useState } from "react";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import type { NoticePage, Notices } from "../../protocol/http/partners.ts";
import { notices } from "../api/partners.ts";
import { isRefused, type Refusal } from "../api.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Select } from "../parts/field.tsx";
import { Icon } from "../parts/icon.tsx";
import { t } from "../words/words.ts";
import { NoticeCard } from "./partners/notice-card.tsx";
import { PartnerFrame } from "./partners/sections.tsx";
import { OwnPage } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { useList } from "./portal/use-list.ts";

/** `/partners/notices`: what is sought stands in the address. */
export default function NoticesPage() {
  return (
    <OwnPage title={t("notices.title")} needs="account">
      {(me, door) => <Board me={me} door={door} />}
    </OwnPage>
  );
}

const filterNames = ["kind", "country", "subject", "language", "mine"] as const;

function wantedIn(address: URLSearchParams): NoticePage {
  const given = filterNames.flatMap((name) => {
    const value = address.get(name);
    return value === null || value === "" ? [] : [[name, value] as const];
  });
  return Object.fromEntries(given) as NoticePage; // The server refuses what is none.
}

function Board({ me, door }: { me: Me; door: FrontDoor }) {
  const wanted = wantedIn(new URLSearchParams(location.search));
  const { asked, again, change } = useAsked(() => notices(wanted, null));
  const [refusal, setRefusal] = useState<Refusal>();
  const more = async ({ next }: Notices) => {
    const answer = await notices(wanted, next);
    if (isRefused(answer)) return setRefusal(answer);
    change((before) => ({ next: answer.value.next, notices: [...before.notices, ...answer.value.notices] }));
  };
  const isMine = wanted.mine !== undefined;
  return (
    <PartnerFrame
      me={me}
      door={door}
      title={t(isMine ? "notices.mine" : "notices.title")}
      intro={t("notices.intro")}
      acts={
        me.standings.includes("staff") ? (
          <>
            <ButtonLink href={isMine ? "/partners/notices" : "/partners/notices?mine=1"}>
              {t(isMine ? "notices.all" : "notices.mine")}
            </ButtonLink>
            <ButtonLink look="filled" icon="pencil-simple" href="/partners/notices/new">
              {t("notices.write")}
            </ButtonLink>
          </>
        ) : undefined
      }
    >
      {isMine ? null : <Filters wanted={wanted} />}
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      <Trouble refusal={asked.state === "refused" ? asked.refusal : refusal} again={again} />
      {asked.state !== "here" ? null : asked.value.notices.length === 0 ? (
        <div className="card">
          <EmptyState icon="magnifying-glass" title={t(isMine ? "notices.noneMine" : "notices.none")} />
        </div>
      ) : (
        <>
          <ul className="partner-list" aria-label={t("partners.notices")}>
            {asked.value.notices.map((notice) => (
              <li key={notice.id}>
                <NoticeCard notice={notice} linked />
              </li>
            ))}
          </ul>
          {asked.value.next === null ? null : (
            <div>
              <Button onClick={() => void more(asked.value)}>{t("partners.more")}</Button>
            </div>
          )}
        </>
      )}
    </PartnerFrame>
  );
}

function Filters({ wanted }: { wanted: NoticePage }) {
  const lists = { country: useList("country"), subject: useList("subject"), language: useList("language") };
  const any = { value: "", label: t("partners.any") };
  const wide = matchMedia("(min-width: 48rem)").matches;
  return (
    <search>
      <form className="card form partner-search" action="/partners/notices">
        <details open={wide || Object.keys(wanted).length > 0}>
          <summary>
            {t("partners.filters")}
            <Icon name="caret-down" />
          </summary>
          <div className="partner-filters">
            <Select
              label={t("notices.kind")}
              name="kind"
              defaultValue={wanted.kind ?? ""}
              choices={[
                any,
                { value: "looking", label: t("notices.looking") },
                { value: "offer", label: t("notices.offer") },
              ]}
            />
            {(["country", "subject", "language"] as const).map((name) => (
              <Select
                // Drawn anew when its list is here, and only it: what was chosen meanwhile stays.
                key={`${name} ${lists[name].entries === undefined}`}
                label={t(`partners.${name}`)}
                name={name}
                defaultValue={wanted[name] ?? ""}
                choices={[any, ...lists[name].choices]}
              />
            ))}
          </div>
          <div className="form__acts">
            <Button type="submit" icon="magnifying-glass">
              {t("partners.search")}
            </Button>
          </div>
        </details>
      </form>
    </search>
  );
}
