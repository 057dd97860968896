/** Dead letters as people see them, and which of them a person means. Stays out: how they are read and sent back. */
package dev.sealstream.devstack.deadletters;
