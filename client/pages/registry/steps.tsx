import { Icon } from "../../parts/icon.tsx";
import { t } from "../../words/words.ts";
import "./registry.css";

const steps = ["register.step1", "register.step2", "register.step3", "register.step4"] as const;

/** Where one is on the way from one's name to a school that is sent. */
export function Steps({ at }: { at: 1 | 2 | 3 | 4 }) {
  return (
    <ol className="steps" aria-label={t("register.steps")}>
      {steps.map((step, i) => (
        <li key={step} aria-current={i + 1 === at ? "step" : undefined} data-done={i + 1 < at || undefined}>
          <span className="steps__mark" aria-hidden="true">
            {i + 1 < at ? <Icon name="check" /> : i + 1}
          </span>
          {t(step)}
        </li>
      ))}
    </ol>
  );
}

/** What comes next and how long it takes, one thing after the other. */
export function NextThings({ title, things }: { title: string; things: readonly string[] }) {
  return (
    <section className="card next-things" aria-labelledby="next-things">
      <h2 id="next-things" className="home-head">
        {title}
      </h2>
      <ol>
        {things.map((thing) => (
          <li key={thing}>{thing}</li>
        ))}
      </ol>
    </section>
  );
}
