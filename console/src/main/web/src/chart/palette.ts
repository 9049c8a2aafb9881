/** How many colours there are for lines; the next line has the first again. */
export const COLOURS = 6;
