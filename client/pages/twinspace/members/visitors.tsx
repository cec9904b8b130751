import { useState } from "react";
import type { Visitor, VisitorLink } from "../../../../protocol/twinspace/members.ts";
import type { SpaceView } from "../../../../protocol/twinspace/space.ts";
import { revokeVisitor, visitors } from "../../../api/space/members.ts";
import { Button } from "../../../parts/button.tsx";
import { StatusLine } from "../../../parts/said.tsx";
import { Tag } from "../../../parts/tag.tsx";
import { longDate } from "../../../words/formats.ts";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";
import { useAsked } from "../../portal/use-asked.ts";
import { InviteVisitorDialog, LinkDialog, RenewVisitorDialog } from "./visitor-dialogs.tsx";

/** For teachers: who looks in, until when, and when they were here last. */
export function VisitorsPart({ space }: { space: SpaceView }) {
  const { asked, again } = useAsked(() => visitors(space.slug));
  const [asking, ask] = useState<"invite" | Visitor>();
  const [made, show] = useState<VisitorLink>();
  const [said, say] = useState("");
  const done = (link: VisitorLink) => {
    ask(undefined);
    show(link);
    again();
  };
  return (
    <section className="home-part" aria-labelledby="visitors">
      <h2 id="visitors" className="home-head">
        {t("visitors.title")}
      </h2>
      <p className="soft">{t("visitors.hint")}</p>
      <StatusLine>{said}</StatusLine>
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" && asked.value.visitors.length === 0 ? <p>{t("visitors.none")}</p> : null}
      {asked.state === "here" && asked.value.visitors.length > 0 ? (
        <ul className="rows" aria-labelledby="visitors">
          {asked.value.visitors.map((visitor) => (
            <Row
              key={visitor.id}
              space={space}
              visitor={visitor}
              renew={() => ask(visitor)}
              done={(sentence) => {
                say(sentence);
                again();
              }}
            />
          ))}
        </ul>
      ) : null}
      {space.open ? (
        <p>
          <Button icon="plus" onClick={() => ask("invite")}>
            {t("visitors.invite")}
          </Button>
        </p>
      ) : null}
      {asking === "invite" ? (
        <InviteVisitorDialog slug={space.slug} done={done} onClose={() => ask(undefined)} />
      ) : null}
      {typeof asking === "object" ? (
        <RenewVisitorDialog slug={space.slug} visitor={asking} done={done} onClose={() => ask(undefined)} />
      ) : null}
      {made === undefined ? null : <LinkDialog made={made} onClose={() => show(undefined)} />}
    </section>
  );
}

function Row({
  space,
  visitor,
  renew,
  done,
}: {
  space: SpaceView;
  visitor: Visitor;
  renew: () => void;
  done: (sentence: string) => void;
}) {
  const { id, name, relation, email, invitedBy, expiresAt, seenAt, state } = visitor;
  const end = useAct(
    () => revokeVisitor(space.slug, id),
    () => done(t("visitors.ended", { name })),
  );
  const facts = [
    t(`visitors.${relation}`),
    ...(email === null ? [] : [email]),
    state === "open" ? t("visitors.untilDay", { date: longDate(expiresAt) }) : "",
    seenAt === null ? t("visitors.neverSeen") : t("visitors.seen", { date: longDate(seenAt) }),
    invitedBy === "" ? "" : t("visitors.by", { name: invitedBy }),
  ];
  return (
    <li className="row">
      <div className="row__words">
        <strong>{name}</strong>
        <span className="soft small">{facts.filter((fact) => fact !== "").join(", ")}</span>
        <Trouble refusal={end.refusal} />
      </div>
      <div className="row__acts">
        {state === "open" ? null : <Tag>{t(`visitors.${state}`)}</Tag>}
        {space.open ? (
          <Button size="small" aria-label={t("visitors.renewName", { name })} onClick={renew}>
            {t("visitors.renew")}
          </Button>
        ) : null}
        {state === "open" ? (
          <Button
            size="small"
            look="plain"
            aria-label={t("visitors.endName", { name })}
            onClick={() => end.run()}
            aria-disabled={end.busy}
          >
            {t("visitors.end")}
          </Button>
        ) : null}
      </div>
    </li>
  );
}
