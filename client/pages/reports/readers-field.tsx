import type { CardView } from "../../../protocol/reports/card.ts";
import type { EntryReaders } from "../../../protocol/reports/entries.ts";
import { Radios } from "../../parts/field.tsx";
import { listOf } from "../../words/formats.ts";
import { t } from "../../words/words.ts";

/** Who reads it once it is shared. */
export function ReadersField({
  readers,
  choose,
  services,
}: {
  readers: EntryReaders;
  choose: (readers: EntryReaders) => void;
  services: CardView["services"];
}) {
  return (
    <Radios
      label={t("reports.whoReads")}
      name="readers"
      value={readers}
      onChoose={choose}
      choices={[
        {
          value: "services",
          label: t("reports.readers.services"),
          hint:
            services.length === 0
              ? t("reports.readers.servicesHint")
              : t("reports.readers.servicesNamed", { services: listOf(services.map(({ name }) => name)) }),
        },
        { value: "partners", label: t("reports.readers.partners"), hint: t("reports.readers.partnersHint") },
      ]}
    />
  );
}

/** Of what is for the services in any case. */
export function ReadBy({ services }: { services: CardView["services"] }) {
  return (
    <>
      <p>
        <strong>{t("reports.whoReads")}</strong>
      </p>
      <p className="soft">
        {services.length === 0
          ? t("reports.readers.services")
          : t("reports.readers.all", { services: listOf(services.map(({ name }) => name)) })}
      </p>
    </>
  );
}
