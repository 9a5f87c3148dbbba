using Fathom.Domain;
using Fathom.Domain.Messages;

namespace Fathom.Engine.Portfolio;

/// <summary>What is true of an account at any moment. Each figure was added up along the way; here it is added up again the other way round: at the end of each day.</summary>
internal static class AccountLaws
{
    /// <exception cref="InvariantException">A law is broken.</exception>
    public static void Check(Account account)
    {
        foreach (AccountMoney money in account.Money) CheckMoney(account, money);
        foreach (InstrumentHoldings traded in account.Traded) CheckInstrument(account, traded);
    }

    private static void CheckMoney(Account account, AccountMoney money)
    {
        Int128 realized = 0, fees = 0, unrealized = 0;
        for (int strategy = -1; strategy < account.StrategyCount; strategy++)
        {
            if (account.Owner(strategy).LedgerOf(money) is not { } ledger) continue;
            realized += ledger.RealizedNanos;
            fees += ledger.FeesNanos;
            unrealized += ledger.UnrealizedNanos;
        }
        Ledger total = money.Ledger;
        Invariant.Require(realized == total.RealizedNanos && fees == total.FeesNanos && unrealized == total.UnrealizedNanos, "the account's money is the sum of its owners' money");
        CheckPositions(account, money);
        Invariant.Require(total.EquityNanos == total.StartNanos + money.SettledNanos + unrealized, "equity is start plus realised plus unrealised less fees");
    }

    private static void CheckPositions(Account account, AccountMoney money)
    {
        Int128 realized = 0, fees = 0, unrealized = 0;
        foreach (InstrumentHoldings traded in account.Traded)
        {
            if (traded.Money != money) continue;
            for (int strategy = -1; strategy < account.StrategyCount; strategy++)
            {
                for (PositionSide side = PositionSide.Net; side <= PositionSide.Short; side++)
                {
                    if (account.Owner(strategy).Find(traded.Instrument, side) is not { } holding) continue;
                    realized += holding.RealizedNanos;
                    fees += holding.FeesNanos;
                    unrealized += holding.UnrealizedNanos;
                }
            }
        }
        Ledger total = money.Ledger;
        Invariant.Require(realized == total.RealizedNanos && fees == total.FeesNanos && unrealized == total.UnrealizedNanos, "the account's money is the sum of its positions' money");
    }

    private static void CheckInstrument(Account account, InstrumentHoldings traded)
    {
        Int128 held = 0, flows = 0;
        for (int strategy = -1; strategy < account.StrategyCount; strategy++)
        {
            for (PositionSide side = PositionSide.Net; side <= PositionSide.Short; side++)
            {
                if (account.Owner(strategy).Find(traded.Instrument, side)?.Position is not { } position) continue;
                held += position.Quantity.Nanos;
                flows = unchecked(flows + position.Realized - position.Cost);
            }
        }
        Invariant.Require(held == traded.ExecutedNanos, "the owners' positions are the sum of the executions");
        Invariant.Require(flows == traded.FlowUnits, "what flowed in the executions is realised, or is the cost of what is held");
    }
}
