namespace Fathom.Scenarios.Simulation.PlantedFaults;

/// <summary>Mistakes that are easily made where orders, money and doubts are kept. Each has to be caught by <c>fathom torture</c>.</summary>
internal static class PlantedFaultList
{
    private const string Order = "Orders/Order.cs", Blotter = "Orders/OrderBlotter.cs", Seen = "Orders/SeenExecutions.cs", Ids = "Orders/ClientOrderIds.cs", Watch = "Orders/RequestWatch.cs",
        Ledger = "Portfolio/Ledger.cs", Position = "Portfolio/Position.cs", Gate = "Risk/RiskGate.cs", Outbox = "Loop/Outbox.cs", Engine = "Loop/TradingEngine.cs", Recovery = "Loop/OrderRecovery.cs",
        Reconciliation = "Loop/Reconciliation.cs", Desk = "Loop/ReportDesk.cs", Kills = "Loop/KillDesk.cs", Switch = "Risk/KillSwitch.cs",
        Money = "Risk/Limits/MoneyLimits.cs", Sums = "Risk/Limits/ExposureSums.cs", Traffic = "Risk/Limits/TrafficLimits.cs", Rates = "Risk/Limits/RateLimits.cs", States = "Loop/StateKeeper.cs",
        Machine = "Portfolio/States/StateMachine.cs", Kill = "Risk/ActiveKill.cs", Sender = "Loop/OrderSender.cs", Liquidator = "Execution/Liquidation/Liquidator.cs";

    public static IReadOnlyList<PlantedFault> All { get; } =
    [
        // ---- executions and money
        new("a repeated execution is booked again", Seen, "if (id.Low <= _allUpTo) return «false»;", "true"),
        new("an execution that overtook another is booked each time it is told", Seen, "if (id.Low != _allUpTo + 1) return «_others.Add(id)»;", "_others.Add(id) || true"),
        new("a fill after its order's end is not booked", Blotter, "OrderStatus.None, OrderStatus.None, «isFill», isOurs", "false"),
        new("what was done by hand is booked for the first strategy", Blotter, "isFill, «isOurs ? report.ClientOrderId.Strategy : -1», anomaly", "isOurs ? report.ClientOrderId.Strategy : 0"),
        new("every fill goes to the first strategy", Blotter, "order.Status, isExecution, «order.Strategy», anomaly", "(ushort)0"),
        new("fees are earned instead of paid", Ledger, "«FeesNanos += fee;»", "FeesNanos -= fee;"),
        new("a bust keeps its fee", Desk, "change.OldQuantity, «-change.OldFeeNanos»);", "0L"),
        new("a bust is booked on the side of the execution", Desk, "(«change.Side.Opposite()», change.OldPrice", "change.Side"),
        new("a bust of an execution that never came moves the position", Blotter, "wasBooked = «!seen.TryAdd(change.Original)»;", "seen.TryAdd(change.Original) || true"),
        new("a bust that is told twice counts twice", Blotter, "if (!isOvertaken && «!seen.TryAdd(change.ExecutionId)»)", "!seen.TryAdd(change.ExecutionId) && change.Sequence < 0"),
        new("a correction keeps the old price", Desk, "(change.Side, «change.NewPrice», change.NewQuantity, change.NewFeeNanos);", "change.OldPrice"),
        new("a fill is booked a billionth too dear", Desk, "account.Book(owner, instrument, report.Side, «report.LastPrice», report.LastQuantity", "new Price(report.LastPrice.Nanos + 1)"),
        new("what is closed keeps its cost", Position, "«Cost -= moved;»", ""),

        // ---- the order
        new("a change of status begins where it ends", Desk, "OrderEvents.Transition(order, «from», reason, services.Account, report.Header.EventTime, Clock)", "order.Status"),
        new("an order that is over stays", Desk, "services.Queue.NoteEnded(order);\n            «services.Blotter.Remove(order);»", ""),
        new("a fill counts twice in its order", Blotter, "order.NoteFill(«report.LastQuantity», report.Sequence);", "report.LastQuantity + report.LastQuantity"),
        new("a replaced price is forgotten", Order, "«Price = _newPrice;»\n        Quantity = _newQuantity;", ""),
        new("a replaced quantity is forgotten", Order, "Price = _newPrice;\n        «Quantity = _newQuantity;»", ""),

        // ---- limits
        new("a larger replacement on its way is not reserved", Order, "IsHere ? Quantity.Zero : «IsReplacementSent && _newQuantity > Quantity» ?", "false"),
        new("what was asked to end is not reserved any more", Order, "public Quantity WorstLeaves => «IsHere» ? Quantity.Zero :", "IsHere || IsCancelSent"),
        new("an unknown order counts as nothing", Blotter, "Quantity worst = «order.WorstLeaves»;", "order.IsInDoubt ? Quantity.Zero : order.WorstLeaves"),
        new("the account's limit is not looked at", Gate, "ofAccount = «Worst(WorstPositions.WholeAccount, instrument, command.Side)» + added;", "(Int128)0"),
        new("a larger replacement is let through", Gate, "order is null ? command.Quantity.Nanos : «Math.Max(command.Quantity.Nanos - order.Cumulative.Nanos - replaced, 0)»;", "0L"),
        new("the kill switch stops nothing", Gate, "Refusal off = «KillSwitch.Judge(in command)»;", "Refusal.None"),
        new("the kill switch cancels nothing", Kills, "if (Switch.TryTurnOn(in kill)) «FollowOn(in kill, limit, found);»", "{ }"),
        new("a strategy's kill switch leaves its orders where they are", Kills, "if (kill.Instrument.IsNone) «sessions[i].CancelAll();»", "sessions[i].NoteRearmed();"),
        new("what closes positions lets everything pass", Switch, "bool passes = «ClosesByItself(in command)» && Covers(", "command.Side != Side.None"),

        // ---- risk
        new("an order adds nothing to its own exposure", Money, "part.After = unit.Of(«cell.GrossUnits + added»);", "cell.GrossUnits"),
        new("what may be bought is no exposure", Sums, "cell.GrossUnits = cell.HeldUnits + «buys» + sells;", "(Int128)0"),
        new("the other side's net exposure is looked at", Money, "=> («more.IsBuy» ? scope.Long : scope.Short)", "!more.IsBuy"),
        new("open orders are not counted", Traffic, "(max, found) = (scope.OrdersMax, «scope.Orders + 1»);", "1"),
        new("cancels are not counted", Rates, "«Cancels?.Note(clock);»", ""),
        new("a day's loss is forgotten when it is made good", Money, "Int128 loss = «DeepestLoss(scope.Owner)»;", "_account.DayFallNanos(scope.Owner < 0 ? null : _account.Strategy(scope.Owner))"),
        new("states are not judged after fills", States, "if (!TryWatch(instrument)) «Judge(instrument, isEverybody: true);»", ""),
        new("a state comes back without a hold time", Machine, "if («clock - CalmSince < rules.Hold») return false;", "false"),
        new("a state comes back all the way", Machine, "«State--;»", "State = PositionState.Normal;"),
        new("a critical state lets positions grow", Gate, "bool mayEnlarge = «States!.Of(strategy, command.Header.Instrument) < PositionState.Critical»;", "true"),
        new("a kill switch of one instrument stops nothing", Kill, "(«Instrument.IsNone || Instrument == instrument»)", "Instrument.IsNone"),
        new("a kill switch forgets the first instrument", Sender, "for (int index = «0»; index < services.Blotter.InstrumentCount; index++) CancelAll(new InstrumentId(index), keepsExits);", "1"),
        new("a kill switch is turned off without a reason", Kills, "if («string.IsNullOrWhiteSpace(reason)»)", "false"),
        new("a liquidation has no floor", Liquidator, "Price floor = «Floor(plan, in view, side, collarBps)», touch", "new Price((side == Side.Sell ? view.Bid.Nanos * 98 / 100 : view.Ask.Nanos * 102 / 100) / Math.Max(view.Tick.Nanos, 1) * Math.Max(view.Tick.Nanos, 1))"),
        new("a liquidation leaves a lot", Liquidator, "bool isOver = «excess <= 0» ||", "excess <= view.Lot.Nanos"),
        new("a liquidation does not wait for an answer", Liquidator, "if («view.HasOwn» || room == 0) return", "false"),
        new("a kill switch closes only in the first instrument", Kills, "if («sessions[i].Holds(new InstrumentId(index))») sessions[i].Liquidate", "index == 0 && sessions[i].Holds(new InstrumentId(index))"),

        // ---- names, commands, replay
        new("a name is given twice", Ids, "ClientOrderId.Create(_journal, strategy, «++_last»);", "_last % 50 == 49 && Planted.Count++ % 2 == 0 ? _last : ++_last"),
        new("a command is sent twice", Outbox, "«venue.Send(in _waiting[i]);»", "venue.Send(in _waiting[i]); if (_waiting[i].Approval % 50 == 0) venue.Send(in _waiting[i]);"),
        new("something outside the engine decides what it does", Recovery, "long nanos = «options.QueryBackoff.Nanos»;", "options.QueryBackoff.Nanos + Planted.Count++"),

        // ---- doubts and reconciliation
        new("nobody minds a request that is not answered", Watch, "bool isDue = «first.Next <= now»;", "false"),
        new("an order that should be over and lives is left alone", Reconciliation, "else if (!_ended.Contains(theirs.ClientOrderId)) «SettleUnexpected(in theirs);»", ""),
        new("a difference in position is adopted with the wrong sign", Desk, "«quantity.IsPositive ? Side.Buy : Side.Sell»", "quantity.IsPositive ? Side.Sell : Side.Buy"),
    ];
}
