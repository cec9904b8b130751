import sprite from "virtual:sprite";
import type { ReactNode } from "react";
import { hasFlag } from "../looks/flag-codes.ts";
import { countryName } from "../words/formats.ts";
import "./place.css";

/**
 * A country's flag, or its two letters where none is drawn. Beside the place's name (`named`) it is hidden from screen readers;
 * alone it says the country.
 */
export function Flag({ country, named = false }: { country: string; named?: boolean }) {
  const said = named ? { "aria-hidden": true } : { role: "img", "aria-label": countryName(country) };
  if (!hasFlag(country)) {
    return (
      <span className="flag flag--code" {...said} title={countryName(country)}>
        {country}
      </span>
    );
  }
  return (
    <span className="flag" {...said}>
      <svg aria-hidden="true" focusable="false">
        <use href={`${sprite}#flag-${country}`} />
      </svg>
    </span>
  );
}

/** A flag and the place's name beside it. */
export function Place({ country, children }: { country?: string | undefined; children: ReactNode }) {
  return (
    <span className="place">
      {country === undefined ? null : <Flag country={country} named />}
      <span className="cut">{children}</span>
    </span>
  );
}
