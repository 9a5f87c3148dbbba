using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Engine.Portfolio;

namespace Fathom.Simulation.Faults.Laws;

/// <summary>Money is conserved: what every owner holds, what flowed for it and what it cost in fees is the sum of the executions that reached the engine, to the last unit.</summary>
internal sealed class MoneyLaw(TortureState state, ExecutionLedger ledger)
{
    public void Judge(TradingEngine engine)
    {
        foreach (((int owner, int index), ExecutionLedger.Entry entry) in ledger.Entries) Judge(engine, owner, new InstrumentId(index), entry);
        long owned = 0;
        foreach (AccountPosition position in engine.Account.Positions()) owned += position.Quantity.Nanos;
        long booked = 0;
        Int128 fees = 0;
        foreach ((_, ExecutionLedger.Entry entry) in ledger.Entries)
        {
            booked += entry.Quantity;
            fees += entry.Fees;
        }
        if (owned != booked) state.Break(TortureLaws.Money, $"All positions together are {owned}; the executions make {booked}.");
        JudgeLedgers(engine.Account, fees);
    }

    /// <summary>Only what one execution moved.</summary>
    public void Judge(TradingEngine engine, int owner, InstrumentId instrument)
    {
        foreach (((int of, int index), ExecutionLedger.Entry entry) in ledger.Entries)
            if (of == owner && index == instrument.Index) Judge(engine, owner, instrument, entry);
    }

    /// <summary>What the account paid in all its currencies are the fees of the executions.</summary>
    private void JudgeLedgers(Account account, Int128 fees)
    {
        Int128 paid = 0;
        foreach (AccountMoney money in account.Money) paid += money.Ledger.FeesNanos;
        if (paid != fees && account.UnvaluedFills == 0) state.Break(TortureLaws.Money, $"The account paid {paid} of fees; the executions make {fees}.");
    }

    private void Judge(TradingEngine engine, int owner, InstrumentId instrument, ExecutionLedger.Entry entry)
    {
        Holding? holding = engine.Account.Owner(owner).Find(instrument);
        string whose = owner < 0 ? "nobody's" : $"strategy {owner}'s";
        long held = holding?.Position.Quantity.Nanos ?? 0;
        if (held != entry.Quantity) state.Break(TortureLaws.Money, $"{whose} position in instrument {instrument.Index} is {held}; the executions make {entry.Quantity}.");
        if (holding is null || entry.HasUnknownFlow || engine.Account.UnvaluedFills > 0 || engine.Market.Instruments[instrument].Kind == InstrumentKind.Inverse) return;
        Int128 flow = holding.Position.Realized - holding.Position.Cost;
        if (flow != entry.Flow) state.Break(TortureLaws.Money, $"{whose} flows in instrument {instrument.Index} are {flow}; the executions make {entry.Flow}.");
        if (holding.FeesNanos != entry.Fees) state.Break(TortureLaws.Money, $"{whose} fees in instrument {instrument.Index} are {holding.FeesNanos}; the executions make {entry.Fees}.");
    }
}
