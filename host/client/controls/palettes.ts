/**
 * Colour schemes, as ARGB integers. The platform publishes no values; these are this host's own choice, made of
 * colours that stay apart on light and dark backgrounds and for the common colour-blindnesses where ten allow it.
 */
export const categorical: Record<string, number[]> = {
  default: [
    0xFF1F77B4, 0xFFFF9F40, 0xFF2CA02C, 0xFFD64550, 0xFF9467BD, 0xFF8C6D4F, 0xFFE377C2, 0xFF17A2B8, 0xFFBCBD22,
    0xFF5B6B7B, 0xFF7FB8E0, 0xFFFFC88A, 0xFF8FD18F, 0xFFF29CA3, 0xFFC5B0D5, 0xFFC4A88F, 0xFFF7B6D2, 0xFF9EDAE5,
    0xFFDBDB8D, 0xFFAEB9C4,
  ],
  soft: [0xFF8DA0CB, 0xFFFC8D62, 0xFF66C2A5, 0xFFE78AC3, 0xFFA6D854, 0xFFFFD92F, 0xFFE5C494, 0xFFB3B3B3],
  strong: [0xFF3366CC, 0xFFDC3912, 0xFFFF9900, 0xFF109618, 0xFF990099, 0xFF0099C6, 0xFFDD4477, 0xFF66AA00],
};

/** From low to high. The first is the default. */
export const continuous: number[][] = [
  [0xFF73AFF5, 0xFFFFF3B0, 0xFFE4572E],
  [0xFF2166AC, 0xFFF7F7F7, 0xFFB2182B],
  [0xFFEFF6FC, 0xFF08519C],
  [0xFFEDF8E9, 0xFF006D2C],
  [0xFFFFF5EB, 0xFFD94801],
  [0xFF440154, 0xFF3B528B, 0xFF21918C, 0xFF5EC962, 0xFFFDE725],
];
