import type { PlanTouched } from "../../../protocol/reports/entries.ts";
import { Stepper } from "../../parts/stepper.tsx";
import { planPath } from "../../views/report-card.ts";
import { t } from "../../words/words.ts";
import { useSpace } from "../twinspace/space-page.tsx";
import type { FieldGiven } from "./fields.tsx";

/** Which lines of the plan this brought forward, and by how many. What counts itself (meetings, pages) asks for no number. */
export function PlanControl({ form, plan }: FieldGiven) {
  const { slug } = useSpace();
  const value = form.now.fields.plan.value as readonly PlanTouched[]; // The field's own kind, which the union forgets.
  const touched = new Map(value.map(({ item, amount }) => [item, amount]));
  const put = (item: string, amount: number | null) => {
    const next = new Map(touched);
    if (amount === null) next.delete(item);
    else next.set(item, amount);
    form.type(
      "plan",
      [...next].map(([each, by]) => ({ item: each, amount: by })),
    );
  };
  return (
    <fieldset className="field report-plan-field">
      <legend className="field__label">{t("reports.field.plan")}</legend>
      {plan.length === 0 ? (
        <p className="field__hint">
          {t("reports.planNoneYet")} <a href={planPath(slug)}>{t("reports.planMake")}</a>
        </p>
      ) : (
        plan.map(({ id, words, target, counted }) => {
          const amount = touched.get(id);
          return (
            <div key={id} className="report-plan-field__line">
              <div className="ticked">
                <input
                  type="checkbox"
                  id={`plan-${id}`}
                  className="ticked__box ticked__box--checkbox"
                  checked={amount !== undefined}
                  onChange={({ target: box }) => put(id, box.checked ? (counted === "entries" ? 1 : 0) : null)}
                  onBlur={form.left}
                />
                <label htmlFor={`plan-${id}`} dir="auto">
                  {words}
                </label>
              </div>
              {amount === undefined || target === null || counted !== "entries" ? null : (
                <Stepper
                  label={t("reports.planBy", { words })}
                  quiet
                  value={amount}
                  most={1_000}
                  onChange={(by) => put(id, by)}
                  onBlur={form.left}
                />
              )}
            </div>
          );
        })
      )}
    </fieldset>
  );
}
