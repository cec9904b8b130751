import type { SpaceInvitation } from "../../../../protocol/twinspace/members.ts";
import { inviteAgain, takeInvitationBack } from "../../../api/space/members.ts";
import { Button } from "../../../parts/button.tsx";
import { longDate } from "../../../words/formats.ts";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";

/** Who has not answered yet; whoever may sends the invitation again or takes it back. */
export function Invitations({
  slug,
  invitations,
  done,
}: {
  slug: string;
  invitations: readonly SpaceInvitation[];
  done: (sentence: string) => void;
}) {
  return (
    <section className="home-part" aria-labelledby="invited">
      <h2 id="invited" className="home-head">
        {t("members.invited")}
      </h2>
      <ul className="rows" aria-labelledby="invited">
        {invitations.map((invitation) => (
          <Row key={invitation.account} slug={slug} invitation={invitation} done={done} />
        ))}
      </ul>
    </section>
  );
}

function Row({
  slug,
  invitation: { account, name, role, at, expired, mine },
  done,
}: {
  slug: string;
  invitation: SpaceInvitation;
  done: (sentence: string) => void;
}) {
  const again = useAct(
    () => inviteAgain(slug, account),
    () => done(t("members.againDone", { name })),
  );
  const back = useAct(
    () => takeInvitationBack(slug, account),
    () => done(t("members.takenBack", { name })),
  );
  return (
    <li className="row">
      <div className="row__words">
        <strong>{name}</strong>
        <span className="soft small">
          {t(`spaceRole.${role}`)},{" "}
          {expired ? t("members.invitedExpired") : t("members.invitedOn", { date: longDate(at) })}
        </span>
        <Trouble refusal={again.refusal ?? back.refusal} />
      </div>
      {mine ? (
        <div className="row__acts">
          <Button
            size="small"
            aria-label={t("members.againName", { name })}
            onClick={() => again.run()}
            aria-disabled={again.busy}
          >
            {t("members.again")}
          </Button>
          <Button
            size="small"
            look="plain"
            aria-label={t("members.takeBackName", { name })}
            onClick={() => back.run()}
            aria-disabled={back.busy}
          >
            {t("members.takeBack")}
          </Button>
        </div>
      ) : null}
    </li>
  );
}
