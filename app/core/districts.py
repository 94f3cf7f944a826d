"""The city's thirteen districts. Plans, organisations and proposals name them by number."""

DISTRICTS: dict[int, str] = {
    1: "Mitte",
    2: "Vahrenwald-List",
    3: "Bothfeld-Vahrenheide",
    4: "Buchholz-Kleefeld",
    5: "Misburg-Anderten",
    6: "Kirchrode-Bemerode-Wülferode",
    7: "Südstadt-Bult",
    8: "Döhren-Wülfel",
    9: "Ricklingen",
    10: "Linden-Limmer",
    11: "Ahlem-Badenstedt-Davenstedt",
    12: "Herrenhausen-Stöcken",
    13: "Nord",
}
