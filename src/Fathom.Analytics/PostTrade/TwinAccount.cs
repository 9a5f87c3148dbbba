namespace Fathom.Analytics.PostTrade;

/// <summary>The accounts of the <see cref="LedgerTwin"/>'s books. A debit is above zero.</summary>
internal enum TwinAccount
{
    /// <summary>What there was to begin with; a credit.</summary>
    Capital,
    /// <summary>What was paid and received.</summary>
    Cash,
    /// <summary>What is held, at what it cost.</summary>
    Holdings,
    /// <summary>Profit, before fees; a credit.</summary>
    Realized,
    Fees,
}
