namespace Fathom.Host.FeatureTables;

/// <summary>What a column is.</summary>
/// <param name="Name">In the first row.</param>
/// <param name="Feature">Name in the catalog, or the label's kind.</param>
/// <param name="Arguments">With defaults for what was not stated.</param>
/// <param name="On">What it is computed from; empty: the book and the trades.</param>
/// <param name="Instrument">Symbol; empty: the row's.</param>
/// <param name="With">Symbol of the other instrument; empty: none.</param>
/// <param name="IsTime">It holds times, not numbers.</param>
internal sealed record FeatureTableColumn(
    string Name, string Feature, IReadOnlyList<KeyValuePair<string, string>> Arguments, string On, string Instrument, string With, string Formula, string Unit, bool IsTime = false);
