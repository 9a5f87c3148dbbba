using System.Numerics;
using Fathom.Domain;

namespace Fathom.Analytics.PostTrade;

/// <summary>Double entry: what is put on one account is taken from others, so the balances always add up to zero.</summary>
internal sealed class TwinJournal
{
    private readonly BigInteger[] _balances = new BigInteger[Enum.GetValues<TwinAccount>().Length];

    public BigInteger this[TwinAccount account] => _balances[(int)account];

    /// <exception cref="InvariantException">The entries do not add up to zero.</exception>
    public void Post(params ReadOnlySpan<(TwinAccount Account, BigInteger Amount)> entries)
    {
        BigInteger sum = BigInteger.Zero;
        foreach ((_, BigInteger amount) in entries) sum += amount;
        Invariant.Require(sum.IsZero, "the entries of a posting add up to zero");
        foreach ((TwinAccount account, BigInteger amount) in entries) _balances[(int)account] += amount;
    }
}
