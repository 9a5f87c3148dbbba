namespace Fathom.Engine.Portfolio;

/// <summary>Settled money of one owner in the account's currency, in whole units of 1e-9. Touched only when something is filled.</summary>
public sealed class Ledger
{
    /// <summary>Realised profit before fees.</summary>
    public decimal Realized { get; private set; }

    /// <summary>Fees paid; negative when rebates are more.</summary>
    public decimal Fees { get; private set; }

    /// <summary>What the fills moved in cash: realised profit less fees, and for spot also what the assets cost.</summary>
    public decimal CashMoved { get; private set; }

    internal void Book(decimal realized, decimal fee, decimal assetCost)
    {
        Realized += realized;
        Fees += fee;
        CashMoved += realized - fee - assetCost;
    }
}
