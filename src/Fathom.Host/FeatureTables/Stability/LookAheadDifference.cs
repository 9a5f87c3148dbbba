namespace Fathom.Host.FeatureTables.Stability;

/// <summary>A cell that is another where the data ends earlier: it knew what comes later, or does not repeat.</summary>
/// <param name="Moment">At which the data was made to end.</param>
/// <param name="Time">Of the row.</param>
/// <param name="Column">Empty: the whole row.</param>
internal sealed record LookAheadDifference(string Moment, string Time, string Instrument, string Column, string Whole, string Part)
{
    public override string ToString() => $"{(Column.Length == 0 ? "a row" : Column)} of {Instrument} at {Time} is {Shown(Whole)}, and {Shown(Part)} where the data ends at {Moment}";

    private static string Shown(string cell) => cell.Length == 0 ? "nothing" : cell;
}
