import { useEffect, useState } from "react";
import type { LoginCard, LoginCards } from "../../../protocol/twinspace/pupils.ts";
import { Button } from "../../parts/button.tsx";
import { Picture } from "../../parts/picture.tsx";
import { QrCode } from "../../parts/qr-code.tsx";
import { Refusal } from "../../parts/said.tsx";
import { calledAt } from "../../views/own-pupils.ts";
import { t } from "../../words/words.ts";
import "./login-cards.css";

/** Cards to print on A4, eight a page, and cut out. Shown this once: the page asks before it is left unprinted. */
export function LoginCardSheet({ cards, project, address, done }: LoginCards & { done: () => void }) {
  const [isPrinted, setPrinted] = useState(false);
  useEffect(() => {
    if (isPrinted) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    const printed = () => setPrinted(true);
    addEventListener("beforeunload", ask);
    addEventListener("afterprint", printed);
    return () => {
      removeEventListener("beforeunload", ask);
      removeEventListener("afterprint", printed);
    };
  }, [isPrinted]);
  return (
    <div className="login-sheet">
      <div className="login-sheet__words">
        <Refusal>{t("cards.once")}</Refusal>
        <div className="form__acts">
          <Button look="filled" icon="printer" onClick={() => print()}>
            {t("cards.print")}
          </Button>
          <Button icon="check" onClick={done}>
            {t("cards.done")}
          </Button>
          <span className="soft">{t("cards.count", { count: cards.length })}</span>
        </div>
      </div>
      <ul className="login-cards">
        {cards.map((card) => (
          <li key={card.id} className="login-card">
            <CardFace card={card} project={project} address={address} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function CardFace({ card, project, address }: { card: LoginCard; project: string; address: string }) {
  const { alias, picture, code, secret, qr } = card;
  return (
    <article aria-label={t("cards.card", { name: calledAt(card) })}>
      <div className="login-card__head">
        <bdi className="login-card__name">{calledAt(card)}</bdi>
        <bdi className="login-card__project">{project}</bdi>
      </div>
      <div className="login-card__body">
        <dl>
          <dt>{t("cards.alias")}</dt>
          <dd className="login-card__alias">
            <Picture name={picture} size="card" />
            <bdi>{alias}</bdi>
          </dd>
          <dt>{t("cards.signInAt")}</dt>
          <dd className="login-card__address">{address}</dd>
          <dt>{t("cards.code")}</dt>
          <dd className="login-card__code">{code}</dd>
        </dl>
        <QrCode rows={qr} name={t("cards.qr")} />
      </div>
      <Secret secret={secret} />
    </article>
  );
}

function Secret({ secret }: { secret: LoginCard["secret"] }) {
  if (secret.kind === "word") {
    return (
      <p className="login-card__secret">
        <span className="login-card__label">{t("cards.word")}</span>
        <strong className="login-card__word">{secret.word}</strong>
      </p>
    );
  }
  return (
    <div className="login-card__secret">
      <span className="login-card__label">{t("cards.pictures")}</span>
      <ol>
        {secret.pictures.map((name, index) => (
          <li key={name}>
            <span aria-hidden="true">{index + 1}</span>
            <Picture name={name} size="card" />
            <span>{t(`picture.${name}`)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
