/** Folder of Cyrus' sockets; who may enter it may deliver mail without a password. */
export const SOCKET_DIRECTORY = '/run/cyrus/socket';

/** Socket at which Cyrus takes mail by LMTP. */
export const LMTP_SOCKET = `${SOCKET_DIRECTORY}/lmtp`;
