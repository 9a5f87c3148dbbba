namespace Fathom.Engine.Portfolio;

/// <summary>Highest equity of an owner or of the account, in the account's currency, units of 1e-9; the start included.</summary>
internal struct EquityPeaks(Int128 start)
{
    /// <summary>Since the beginning.</summary>
    public Int128 Ever = start;

    /// <summary>Since the UTC day began.</summary>
    public Int128 Day = start;

    public void Sample(Int128 equity)
    {
        if (equity > Day) Day = equity;
        if (equity > Ever) Ever = equity;
    }

    public void BeginDay(Int128 equity)
    {
        Day = equity;
        if (equity > Ever) Ever = equity;
    }
}
