using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Market.Universe;

namespace Fathom.Engine.Risk.Kill;

/// <summary>Watches by which rules a kill switch is to be turned on. It is told what happens, each thing by one call that costs next to nothing where no rule asks about it; what is met waits here until the step has come to
/// where it can be followed up. Made only where there is a rule.</summary>
internal sealed class KillWatch
{
    private readonly KillSwitch _switch;
    private readonly OrderBlotter _blotter;
    private readonly CurrentClock _clock;
    private readonly MoneyRules? _money;
    private readonly StaleDataRule? _stale;
    private readonly List<KillCounter> _anomalies = [], _rejects = [], _messages = [];
    private readonly List<KillRule> _unknown = [], _exceptions = [];
    private readonly Queue<TrippedRule> _tripped = new();
    private readonly Action<KillRule, int, long> _tripMoney;
    private readonly Action<InstrumentId, long> _tripStale;

    /// <summary>The engine's clock.</summary>
    public delegate Timestamp CurrentClock();

    /// <exception cref="ArgumentException">A rule makes no sense, or one cause has two.</exception>
    private KillWatch(IReadOnlyList<KillRule> rules, KillSwitch killSwitch, OrderBlotter blotter, Account account, RiskMeasures measures, Instruments instruments, SessionCalendar calendar, CurrentClock clock)
    {
        (_switch, _blotter, _clock) = (killSwitch, blotter, clock);
        List<KillRule> money = [];
        SortedSet<KillCause> causes = [];
        foreach (KillRule rule in rules)
        {
            rule.Require();
            if (!causes.Add(rule.Cause)) throw new ArgumentException($"Each cause has one kill rule; {rule.Cause} has two.", nameof(rules));
            switch (rule.Cause)
            {
                case KillCause.Drawdown or KillCause.DailyLoss: money.Add(rule); break;
                case KillCause.AnomalyRate: _anomalies.Add(new KillCounter(rule, account.StrategyCount)); break;
                case KillCause.RejectRate: _rejects.Add(new KillCounter(rule, account.StrategyCount)); break;
                case KillCause.MessageRate: _messages.Add(new KillCounter(rule, account.StrategyCount)); break;
                case KillCause.UnknownOrders: _unknown.Add(rule); break;
                case KillCause.StrategyException: _exceptions.Add(rule); break;
                case KillCause.StaleData: _stale = new StaleDataRule(rule, account, blotter, instruments, calendar, killSwitch); break;
            }
        }
        if (money.Count > 0) _money = new MoneyRules(money, measures, account);
        _tripMoney = (rule, owner, found) => Trip(in rule, owner, InstrumentId.None, found);
        _tripStale = (instrument, found) => Trip(_stale!.Rule, RiskMeasures.WholeAccount, instrument, found);
    }

    /// <summary>Null where there is no rule.</summary>
    public static KillWatch? Of(
        IReadOnlyList<KillRule> rules, KillSwitch killSwitch, OrderBlotter blotter, Account account, RiskMeasures measures, Instruments instruments, SessionCalendar calendar, CurrentClock clock) =>
        rules.Count == 0 ? null : new KillWatch(rules, killSwitch, blotter, account, measures, instruments, calendar, clock);

    /// <summary>A rule was met, and not followed up yet.</summary>
    public bool HasTripped => _tripped.Count > 0;

    /// <summary>Every event of the market is to be told.</summary>
    public bool WantsEvents => _stale is not null;

    /// <summary>When it is to be told that time has passed; None when it is not.</summary>
    public Timestamp NextWake => _stale?.NextWake ?? Timestamp.None;

    public bool TryTake(out TrippedRule tripped) => _tripped.TryDequeue(out tripped);

    /// <summary>The run begins.</summary>
    public void Start()
    {
        _stale?.Begin(_clock());
        NoteMoney();
        NoteUnknown();
    }

    /// <summary>Equity may be another.</summary>
    public void NoteMoney() => _money?.Judge(_tripMoney);

    /// <summary>A venue event is complete.</summary>
    /// <param name="isSound">The book has two sides, is not crossed and not stale.</param>
    public void NoteEvent(InstrumentId instrument, bool isSound) => _stale?.NoteEvent(instrument, isSound, _clock());

    /// <summary>An instrument's trading state is another.</summary>
    public void NoteState(InstrumentId instrument) => _stale?.NoteState(instrument, _clock());

    /// <summary>A command leaves.</summary>
    public void NoteMessage(in OrderCommand command)
    {
        Count(_messages, command.Output.Strategy, command.Header.Instrument);
        if (command.Kind == CommandKind.Submit) _stale?.NoteStake(command.Header.Instrument, _clock());
    }

    /// <param name="owner">Number of the strategy; −1 for nobody of ours.</param>
    public void NoteAnomaly(int owner, InstrumentId instrument) => Count(_anomalies, owner, instrument);

    /// <summary>The venue rejected an order or a replacement.</summary>
    public void NoteReject(int strategy, InstrumentId instrument) => Count(_rejects, strategy, instrument);

    public void NoteException(int strategy)
    {
        foreach (KillRule rule in _exceptions) Trip(in rule, strategy, InstrumentId.None, found: 1);
    }

    /// <summary>One more order is unknown.</summary>
    public void NoteUnknown()
    {
        foreach (KillRule rule in _unknown)
        {
            if (rule.Scope == KillScope.Account)
            {
                if (_blotter.UnknownCount >= rule.Limit) Trip(in rule, RiskMeasures.WholeAccount, InstrumentId.None, _blotter.UnknownCount);
                continue;
            }
            foreach ((int strategy, int count) in UnknownByStrategy())
                if (count >= rule.Limit) Trip(in rule, strategy, InstrumentId.None, count);
        }
    }

    public void OnTime(Timestamp now) => _stale?.OnTime(now, _tripStale);

    /// <summary>A switch was turned off: what it stopped is counted anew.</summary>
    /// <param name="strategy">As the switch's.</param>
    public void NoteRearmed(ushort strategy, InstrumentId instrument)
    {
        int owner = strategy == KillSwitch.All ? RiskMeasures.WholeAccount : strategy;
        foreach (List<KillCounter> counters in (List<KillCounter>[])[_anomalies, _rejects, _messages])
            foreach (KillCounter counter in counters) counter.Forget(counter.Rule.Scope == KillScope.Instrument ? instrument.Index : owner);
        if (instrument.IsNone) _money?.Forget(owner);
        _stale?.Begin(_clock());
    }

    /// <summary>What a session roll carries: from where money is counted anew. Rates begin at zero.</summary>
    public void Carry(IMessageSink sink) => _money?.Carry(sink);

    /// <summary>The account's day is known already.</summary>
    public void Restore(in CarriedKillBase carried) => _money?.Restore(in carried);

    private SortedDictionary<int, int> UnknownByStrategy()
    {
        SortedDictionary<int, int> counts = [];
        for (int index = 0; index < _blotter.InstrumentCount; index++)
            for (Order? order = _blotter.First(new InstrumentId(index)); order is not null; order = order.Next)
                if (order.IsInDoubt) counts[order.Strategy] = counts.GetValueOrDefault(order.Strategy) + 1;
        return counts;
    }

    private void Count(List<KillCounter> counters, int strategy, InstrumentId instrument)
    {
        foreach (KillCounter counter in counters)
        {
            int of = counter.Rule.Scope switch { KillScope.Account => RiskMeasures.WholeAccount, KillScope.Strategy => strategy, _ => instrument.Index };
            bool isSomeones = counter.Rule.Scope == KillScope.Account || (counter.Rule.Scope == KillScope.Strategy ? strategy is >= 0 and < KillSwitch.All : !instrument.IsNone);
            if (isSomeones && counter.Note(of, _clock())) Trip(counter.Rule, strategy, instrument, counter.Rule.Limit);
        }
    }

    /// <summary>Notes that a rule was met, once for each scope until that was turned on again.</summary>
    private void Trip(in KillRule rule, int strategy, InstrumentId instrument, long found)
    {
        ushort stopped = rule.Scope == KillScope.Strategy ? (ushort)strategy : KillSwitch.All;
        InstrumentId where = rule.Scope == KillScope.Instrument ? instrument : InstrumentId.None;
        if (_switch.TryFind(stopped, where, out ActiveKill on) && (on.Flattens || !rule.Flattens)) return;
        foreach (TrippedRule waiting in _tripped)
            if (waiting.Strategy == stopped && waiting.Instrument == where) return;
        _tripped.Enqueue(new TrippedRule(rule, stopped, where, found));
    }
}
