/* xml.h - XML as a tree of documents: what its maps look like.
 *
 * An element is a map with its attributes as they are written, behind them XML_WITHIN, the
 * list of the elements in it (always there, perhaps empty), and before them XML_TAG, the
 * text of its tag. Neither key can be the name of an attribute. What stands between the
 * tags as text is not kept: no format read here has any.
 */
#ifndef FORMATS_XML_H
#define FORMATS_XML_H

#include "formats/document.h"

#define XML_TAG "<tag>"
#define XML_WITHIN "<within>"

/* Reads XML, into the tree of document.h: its root is the outermost element. Refuses
 * whatever declares a DOCTYPE, and so every entity but the five of XML itself. depth
 * limits elements within each other, nodes elements and attributes together. The first
 * mistake of the form ends it, said in plain words. O(length log length). */
document *document_read_xml(const char *file, const void *bytes, size_t length,
                            const truce_limits *limits, truce_diagnostics *diagnostics);

/* The tag of an element of such a tree, and the list of elements in it. */
const char *xml_tag(const node *element);
const node *xml_within(const node *element);

/* Is it an element of this tag? */
bool xml_is(const node *element, const char *tag);

/* The first element with this tag in it, or NULL. */
const node *xml_child(const node *element, const char *tag);

/* What is wrong where no element fits: at is the byte where the parser gave up, problem
 * its own words for it, for what nothing better can be said of (xml_slips.c). */
void xml_explain(document *tree, size_t at, const char *problem);

#endif
