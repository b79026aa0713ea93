/** The group that is always there (ATT-6). */
export const vipGroupId = 'vip';
