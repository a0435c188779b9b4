package io.vitae.bench;

import java.util.List;
import java.util.SplittableRandom;

/** The words that generated profiles are made of, in lists from common to rare. */
final class Words {
  static final List<String> FIRST_NAMES =
      list(
          """
          Marie Jean Anna Thomas Sofia Lukas Zoë José Léa Noël Ana Jürgen Łukasz Åsa Søren Chloé
          Amélie François Inês João Müge Özgür Željka Nguyễn Wei Haruto Fatima Omar Priya Arjun
          Ewa Paweł Katarzyna Björn Sinéad Niamh Aoife Mateusz Dvořák Ελένη Дмитрий Ольга 美咲 陈
          Emma Louis Camille Hugo Olivia Noah Ines Karim Yasmine Mehmet Elif Giulia Matteo Chiara
          """);

  static final List<String> LAST_NAMES =
      list(
          """
          Martin Bernard Müller Schmidt Dubois García Rossi Nowak Kowalska Jørgensen Håkansson
          Lefèvre Gonçalves Nuñez Çelik Yılmaz Horváth Szabó Dvořáková Novák Petrović Ionescu
          O'Brien O'Connor Ó-Súilleabháin Smith Johnson Williams Brown Taylor Wilson Evans Thomas
          Papadopoulos Иванова 田中 山本 王 李 Nguyen Tran Khan Singh Patel Sharma Kaya Öztürk
          Moreau Laurent Girard Roux Fournier Weber Wagner Becker Hoffmann Schäfer Köhler Weiß
          """);

  static final List<String> CITIES =
      list(
          """
          Paris Lyon Berlin München Zürich Genève Wien Łódź Kraków København Malmö Göteborg Porto
          Lisboa Málaga Sevilla Milano Torino Napoli İstanbul Αθήνα București Brno Plzeň Dublin
          Galway London Leeds Glasgow Antwerpen Gent Rotterdam Utrecht Oslo Tromsø Helsinki Tartu
          """);

  static final List<String> SKILLS =
      list(
          """
          communication teamwork python java sql project-management leadership excel docker linux
          javascript kubernetes git aws react negotiation accounting recruiting typescript scrum
          postgresql terraform spark kotlin salesforce sap autocad photoshop figma tableau go rust
          c++ c# .net php laravel django flask spring angular vue node.js graphql kafka rabbitmq
          elasticsearch mongodb redis hadoop airflow dbt snowflake bigquery power-bi matlab r scala
          swift objective-c android ios flutter selenium cypress jest junit jenkins gitlab ansible
          prometheus grafana nginx istio pytorch tensorflow scikit-learn pandas numpy nlp vision
          copywriting seo branding payroll audit gdpr procurement logistics lean six-sigma welding
          plumbing nursing triage phlebotomy catering barista sommelier teaching mentoring haskell
          cobol fortran erlang elixir clojure julia perl vhdl fpga solidworks catia revit bim
          """);

  static final List<String> LANGUAGES =
      list(
          """
          English French German Spanish Italian Portuguese Arabic Polish Turkish Mandarin Dutch
          Japanese Russian Hindi Swedish Danish Greek Czech Finnish Ukrainian Basque Catalan
          """);

  static final List<String> INTERESTS =
      list(
          """
          reading football travel cooking running hiking photography chess cycling music cinema
          gardening climbing sailing theatre swimming yoga volunteering astronomy judo pottery
          origami beekeeping calligraphy fencing
          """);

  static final List<String> TITLES =
      list(
          """
          Engineer Developer Manager Consultant Analyst Technician Assistant Nurse Teacher Designer
          Architect Accountant Recruiter Buyer Planner Administrator Researcher Electrician Chef
          Controller Auditor Coach Editor Translator Surveyor
          """);

  static final List<String> LEVELS = list("Senior Junior Lead Chief Deputy Associate Principal");

  static final List<String> FIELDS =
      list(
          """
          data software sales finance marketing logistics quality operations security network
          product energy health education retail insurance transport construction hospitality
          research legal purchasing maintenance research-and-development customer-service audio
          """);

  static final List<String> VERBS =
      list(
          """
          built led designed improved maintained delivered introduced tested documented coordinated
          migrated automated reviewed planned supported negotiated reduced doubled replaced audited
          presented analysed trained hired mentored launched monitored simplified integrated sold
          organisierte entwickelte betreute développé piloté encadré négocié optimisé diseñé lideré
          """);

  static final List<String> THINGS =
      list(
          """
          platform team process budget roadmap pipeline service website campaign warehouse
          interface report contract release dashboard database network workshop catalogue migration
          curriculum schedule supplier invoice backlog customer prototype model library clinic ward
          kitchen fleet turbine substation façade laboratory Qualitätssicherung Übergabe équipe
          chaîne d'approvisionnement stratégie proyecto almacén sistema strumento progetto
          """);

  static final List<String> QUALITIES =
      list(
          """
          new international internal reliable legacy distributed monthly annual multilingual shared
          small large critical regional weekly public secure mobile real-time automated certified
          long-standing cross-functional profitable accessible energy-efficient
          """);

  static final List<String> LINKS =
      list("for with across within from into under alongside towards after before without");

  private static final List<String> SYLLABLES =
      list("nor ved al tra mi lu ken sol bra zen or qui fa del no vex ta ri pon gra hel syn ty ca");

  private Words() {}

  private static List<String> list(String words) {
    return List.of(words.strip().split("\\s+", -1));
  }

  /** Any word, each as likely. */
  static String any(List<String> words, SplittableRandom random) {
    return words.get(random.nextInt(words.size()));
  }

  /** A word, the likelier the nearer to the beginning: a few are everywhere, most are rare. */
  static String common(List<String> words, SplittableRandom random) {
    double where = random.nextDouble();
    return words.get((int) (words.size() * where * where * where));
  }

  /** An invented name of a company or school, of which there are many thousands. */
  static String name(SplittableRandom random) {
    StringBuilder name = new StringBuilder();
    for (int i = 2 + random.nextInt(2); i > 0; i--) {
      name.append(any(SYLLABLES, random));
    }
    name.setCharAt(0, Character.toUpperCase(name.charAt(0)));
    return name.toString();
  }

  /** Prose of whole sentences, as many as it takes to have {@code length} characters. */
  static String prose(int length, SplittableRandom random) {
    StringBuilder prose = new StringBuilder(length + 128);
    while (prose.length() < length) {
      prose.append(prose.isEmpty() ? "" : " ");
      sentence(prose, random);
    }
    return prose.toString();
  }

  private static void sentence(StringBuilder prose, SplittableRandom random) {
    int start = prose.length();
    prose.append(any(VERBS, random));
    prose.append(random.nextInt(3) == 0 ? " the " : " a ").append(any(QUALITIES, random));
    prose.append(' ').append(any(FIELDS, random)).append(' ').append(any(THINGS, random));
    prose.append(' ').append(any(LINKS, random)).append(' ');
    switch (random.nextInt(4)) {
      case 0 -> prose.append(name(random)).append(" in ").append(any(CITIES, random));
      case 1 -> prose.append(2 + random.nextInt(400)).append(' ').append(any(THINGS, random));
      case 2 -> prose.append(common(SKILLS, random)).append(" & ").append(common(SKILLS, random));
      default -> prose.append(any(FIELDS, random)).append(" and ").append(any(FIELDS, random));
    }
    prose.setCharAt(start, Character.toUpperCase(prose.charAt(start)));
    prose.append(random.nextInt(9) == 0 ? ": “" + any(THINGS, random) + "”.\n" : ".");
  }
}
