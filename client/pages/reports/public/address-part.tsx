import type { PublicReportView } from "../../../../protocol/reports/published.ts";
import { bringReportBack, withdrawReport } from "../../../api/report-public.ts";
import { Button, ButtonLink } from "../../../parts/button.tsx";
import { QrCode } from "../../../parts/qr-code.tsx";
import { Tag } from "../../../parts/tag.tsx";
import { t } from "../../../words/words.ts";
import { CopyButton } from "../../portal/copy-button.tsx";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";
import { noteUndo } from "../undo.tsx";

/** Where it is to be read, how it stands, and the way to take it away. */
export function AddressPart({
  view,
  changed,
  said,
}: {
  view: PublicReportView;
  changed: () => void;
  said: (words: string) => void;
}) {
  const { slug, state, served, takenDown, mayDecide, publishedAt, address, qr } = view;
  const back = () => bringReportBack(slug, null);
  const withdraw = useAct(
    () => withdrawReport(slug, null),
    () => {
      noteUndo({ words: t("reportPublic.withdrawn"), undo: back });
      changed();
    },
  );
  const again = useAct(back, () => {
    said(t("reportPublic.isAgain"));
    changed();
  });
  return (
    <section className="card public-report-part" aria-labelledby="address">
      <h2 id="address" className="home-head">
        {t("reportPublic.address")}
      </h2>
      <p>
        {takenDown !== null ? (
          <Tag tone="bad" icon="shield-check">
            {t("reportPublic.isDown")}
          </Tag>
        ) : served ? (
          <Tag tone="good" icon="globe-simple">
            {t("reportPublic.isPublic")}
          </Tag>
        ) : (
          <Tag icon="eye-slash">{t("reportPublic.isHidden")}</Tag>
        )}
      </p>
      {takenDown === null ? null : <p>{t("reportPublic.takenDown", { reason: takenDown.reason })}</p>}
      {served ? (
        <>
          <p className="public-report-address">
            <bdi>{address}</bdi>
          </p>
          <div className="public-report-acts">
            <CopyButton text={address} label={t("reportPublic.copy")} size="small" />
            <ButtonLink size="small" icon="globe-simple" href={new URL(address).pathname}>
              {t("reportPublic.open")}
            </ButtonLink>
          </div>
          <div className="public-report-qr">
            <QrCode rows={qr} name={t("reportPublic.qr")} />
          </div>
        </>
      ) : takenDown === null ? (
        <p className="soft">{t("reportPublic.notYet")}</p>
      ) : null}
      {mayDecide && state === "public" ? (
        <Button size="small" look="danger" aria-disabled={withdraw.busy} onClick={() => withdraw.run()}>
          {t("reportPublic.withdraw")}
        </Button>
      ) : null}
      {mayDecide && state === "hidden" && publishedAt !== null && takenDown === null ? (
        <Button size="small" aria-disabled={again.busy} onClick={() => again.run()}>
          {t("reportPublic.again")}
        </Button>
      ) : null}
      <Trouble refusal={withdraw.refusal ?? again.refusal} />
    </section>
  );
}
