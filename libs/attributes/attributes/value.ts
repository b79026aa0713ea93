/** What an attribute can hold; a list only when it is repeatable. Dates are `YYYY-MM-DD`, dropdown values option ids. */
export type AttributeValue = string | number | boolean | readonly string[];
