import { useState } from "react";
import type { Identity } from "../../../protocol/http/sso.ts";
import { linkIdentity, myIdentities, unlinkIdentity } from "../../api/signing-in.ts";
import { Button } from "../../parts/button.tsx";
import { ConfirmDialog } from "../../parts/dialog.tsx";
import { StatusLine } from "../../parts/said.tsx";
import { t } from "../../words/words.ts";
import { dayIn } from "../../words/zoned.ts";
import { Trouble } from "./trouble.tsx";
import { useAct } from "./use-act.ts";
import { useAsked } from "./use-asked.ts";
import "./second-factor.css";

/** Where else one can sign in to this account. Nothing where there is nothing to link. */
export function IdentitiesPart({ zone }: { zone: string }) {
  const { asked, change } = useAsked(myIdentities);
  const [asking, ask] = useState<Identity>();
  const [said, say] = useState<string>();
  const link = useAct(linkIdentity, ({ address }) => location.assign(address));
  const unlink = useAct(
    (identity: Identity) => unlinkIdentity(identity.id),
    (left, { provider }) => {
      change(() => left);
      say(t("sso.unlinked", { provider }));
    },
  );
  if (asked.state !== "here") return null;
  const { identities, linkable } = asked.value;
  if (identities.length === 0 && linkable === null && said === undefined) return null;
  return (
    <section className="card form" id="sso" aria-labelledby="sso-title">
      <h2 id="sso-title">{t("sso.title")}</h2>
      <p>{t("sso.hint")}</p>
      <StatusLine>{said}</StatusLine>
      {identities.length === 0 ? (
        <p className="soft">{t("sso.none")}</p>
      ) : (
        <ul className="ways-in" aria-labelledby="sso-title">
          {identities.map((identity) => (
            <Linked key={identity.id} identity={identity} zone={zone} unlink={() => ask(identity)} />
          ))}
        </ul>
      )}
      {linkable === null ? null : (
        <Button icon="link-simple" onClick={() => link.run()} aria-disabled={link.busy}>
          {t("sso.link", { provider: linkable })}
        </Button>
      )}
      <Trouble refusal={link.refusal ?? unlink.refusal} />
      {asking === undefined ? null : (
        <ConfirmDialog
          title={t("sso.unlinkAsk", { provider: asking.provider })}
          confirm={t("sso.unlink")}
          onConfirm={() => unlink.run(asking)}
          onClose={() => ask(undefined)}
        >
          <p>{t("sso.unlinkHint")}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}

function Linked({ identity, zone, unlink }: { identity: Identity; zone: string; unlink: () => void }) {
  const { provider, email, linkedAt, lastUsedAt } = identity;
  const day = (at: number) => dayIn(at, zone, Date.now());
  return (
    <li>
      <span className="ways-in__words">
        <strong>{provider}</strong>
        <span className="soft small">
          {[
            ...(email === "" ? [] : [t("sso.as", { email })]),
            t("sso.linkedAt", { date: day(linkedAt) }),
            ...(lastUsedAt === null ? [] : [t("sso.usedAt", { date: day(lastUsedAt) })]),
          ].join(" · ")}
        </span>
      </span>
      <Button size="small" look="danger" aria-label={t("sso.unlinkName", { provider })} onClick={unlink}>
        {t("sso.unlink")}
      </Button>
    </li>
  );
}
