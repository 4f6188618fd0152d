/*
 * crm media: the program that turns photos, see media.h.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_MEDIA_MAIN_H
#define API_MEDIA_MAIN_H

/*
 * argv[0] is "media". Runs until SIGTERM; returns the exit status. Settings
 * have to be loaded unless --socket is given.
 */
int media_main(int argc, char **argv);

#endif
