using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Portfolio;

namespace Fathom.Engine.Loop;

/// <summary>Tells what the account is worth, in each currency in which it is another than told last.</summary>
internal sealed class EquityPublisher(Account account, Publisher publisher, CurrentInput input, ushort accountNumber)
{
    private readonly List<Int128?> _told = [];

    public void Publish()
    {
        for (int i = 0; i < account.Money.Count; i++)
        {
            Ledger money = account.Money[i].Ledger;
            if (i == _told.Count) _told.Add(null);
            if (_told[i] == money.EquityNanos) continue;
            _told[i] = money.EquityNanos;
            EquityEvent equity = new()
            {
                Header = MessageHeader.Create<EquityEvent>(MessageType.EquityEvent, source: 0, InstrumentId.None, input.Clock, input.Clock),
                Output = new OutputHeader { Strategy = TradingEngine.ExternalStrategy, Account = accountNumber },
                Currency = money.Currency,
                RealizedNanos = money.RealizedNanos,
                UnrealizedNanos = money.UnrealizedNanos,
                FeesNanos = money.FeesNanos,
                EquityNanos = money.EquityNanos,
            };
            publisher.Publish(ref equity);
        }
    }
}
