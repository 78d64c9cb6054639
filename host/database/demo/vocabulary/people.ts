/** Given and family names of many origins; the demo pairs them at random. */
export const GIVEN_NAMES = `Amara Anton Aisha Bruno Beatriz Chen Clara Dmitri Divya Elena Emeka Fatima Felix Grace Giulia Hana
Hugo Ines Ivan Jamal Johanna Kofi Keiko Lars Leila Mateo Meera Nadia Noah Olga Omar Priya Pavel Quinn Rosa Rahul Sofia
Samuel Tomas Thandi Uma Viktor Valentina Wei Wanjiru Xavier Yusuf Yara Zoe Zoltan Arjun Bronwyn Cedric Deniz Esther Farid
Gwen Henrik Isha Jonas Katya Liam Mina Nikhil Oluwaseun Petra Ravi Sana Tariq Ursula Vikram Wiktoria Ximena Yuki Zainab`
  .split(/\s+/);

export const FAMILY_NAMES = `Abebe Almeida Andersson Banerjee Bianchi Baumann Castillo Chowdhury Cohen Dubois Desai Eriksen
Farouk Fischer Fontaine Garcia Ghosh Gruber Haddad Hoang Hughes Ibrahim Ivanova Jankowski Jensen Joshi Kapoor Keller
Kimura Kowalski Kulkarni Larsen Lindqvist Lopez Marchetti Mbeki Mehta Meier Molina Moreau Murphy Nakamura Novak Nguyen
Okafor Olsen Osei Park Patel Pereira Petrov Quist Rahman Ramirez Reddy Rossi Sato Schneider Sharma Silva Singh Sokolov
Tanaka Thomsen Tremblay Umarov Vargas Vermeer Vogel Wagner Walker Wang Weber Wolff Yamada Yilmaz Zhang Zimmermann`
  .split(/\s+/);

/** Departments with their teams, the package categories they care about, and how many of 100 people they hold. */
export const DEPARTMENTS: readonly {name: string; division: string; share: number; interests: readonly string[];
  teams: readonly string[]}[] = [
  {name: 'Medicinal Chemistry', division: 'Research', share: 22, interests: ['Cheminformatics', 'Assays'],
    teams: ['Hit Finding', 'Lead Optimization', 'Compound Management']},
  {name: 'Biology', division: 'Research', share: 22, interests: ['Bioinformatics', 'Assays', 'Imaging'],
    teams: ['Assay Development', 'Protein Science', 'Genomics']},
  {name: 'Data Science', division: 'Research', share: 16,
    interests: ['Machine Learning', 'Cheminformatics', 'Bioinformatics', 'Visualization'], teams: ['Modelling', 'Statistics']},
  {name: 'Clinical Development', division: 'Development', share: 14, interests: ['Clinical', 'Visualization'],
    teams: ['Biometrics', 'Safety']},
  {name: 'Process Engineering', division: 'Development', share: 16, interests: ['Engineering', 'Visualization'],
    teams: ['Bioprocess', 'Formulation', 'Pilot Plant']},
  {name: 'Informatics', division: 'Operations', share: 10, interests: ['Administration', 'Data Access', 'Machine Learning'],
    teams: ['Platform Engineering', 'Data Engineering']},
];

/** Programmes that cut across departments: a member is reached through several parents (a diamond). */
export const PROGRAMMES: readonly {name: string; parents: readonly string[]; size: number}[] = [
  {name: 'Kinase Programme', parents: ['Medicinal Chemistry', 'Biology'], size: 9},
  {name: 'Digital Bioreactor', parents: ['Process Engineering', 'Data Science'], size: 7},
  {name: 'Data Stewards', parents: ['Informatics', 'Clinical Development'], size: 6},
];

export const SERVICE_ACCOUNTS = [
  {login: 'svc-scheduler', name: 'Scheduler'},
  {login: 'svc-ci', name: 'Package Tests'},
  {login: 'svc-lims-sync', name: 'LIMS Sync'},
] as const;
