using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;

namespace Fathom.Tests.Domain.Messages;

/// <summary>Messages are bytes in files and hashes: a field that moves breaks every recording. A layout that must change takes a new number.</summary>
public class MessagesLayoutTests
{
    private const BindingFlags AnyField = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Type[] MessageTypes =
        [.. typeof(MessageHeader).Assembly.GetTypes().Where(type => type.IsValueType && type.GetField("Header")?.FieldType == typeof(MessageHeader)).OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>Field, offset and size, in the order of the bytes.</summary>
    private static readonly SortedDictionary<string, string> Layouts = new(StringComparer.Ordinal)
    {
        ["AnnotationEvent"] =
            "Header@0:24 Output@24:48 Mid@72:8 Text@80:256 =336",
        ["BarOpened"] =
            "Header@0:24 Open@24:8 Span@32:8 Of@40:1 _reserved0@41:1 _reserved1@42:2 _reserved2@44:4 =48",
        ["CarriedAccount"] =
            "Header@0:24 DeepestDayLossNanos@24:16 TotalPeakNanos@40:16 TotalDrawdownMax@56:8 UnvaluedFills@64:8 " +
            "Day@72:4 HasDay@76:1 HasTotals@77:1 IsReconciled@78:1 _reserved0@79:1 Since@80:8 =88",
        ["CarriedExecutions"] =
            "Header@0:24 AllUpTo@24:8 Count@32:2 AreOvertaken@34:2 _reserved1@36:4 ReportNumber@40:8 Others@48:1024 =1072",
        ["CarriedExternalOrder"] =
            "Header@0:24 VenueOrderId@24:8 ClientOrderId@32:16 Price@48:8 Leaves@56:8 LastSequence@64:8 CancelDue@72:8 Side@80:1 " +
            "IsEndWanted@81:1 _reserved0@82:2 _reserved1@84:4 _reserved2@88:8 =96",
        ["CarriedHolding"] =
            "Header@0:24 Owner@24:2 Side@26:1 IsInverse@27:1 _reserved0@28:4 Quantity@32:8 Cost@40:16 Realized@56:16 " +
            "RealizedNanos@72:16 FeesNanos@88:16 UnrealizedNanos@104:16 Currency@120:8 _reserved1@128:8 =136",
        ["CarriedInstrument"] =
            "Header@0:24 Bid@24:8 Ask@32:8 ExecutedNanos@40:16 FlowUnits@56:16 Currency@72:8 IsMarked@80:1 IsQuoted@81:1 " +
            "IsTraded@82:1 IsUnsupported@83:1 _reserved0@84:4 =88",
        ["CarriedLedger"] =
            "Header@0:24 Owner@24:2 _reserved0@26:2 _reserved1@28:4 Currency@32:8 RealizedNanos@40:16 FeesNanos@56:16 " +
            "UnrealizedNanos@72:16 AssetCostNanos@88:16 DayStartNanos@104:16 =120",
        ["CarriedMoney"] =
            "Header@0:24 Currency@24:8 StartNanos@32:16 RealizedNanos@48:16 FeesNanos@64:16 UnrealizedNanos@80:16 " +
            "AssetCostNanos@96:16 DayStartNanos@112:16 SettledNanos@128:16 PeakNanos@144:16 DrawdownMax@160:8 _reserved0@168:8 =176",
        ["CarriedOrder"] =
            "Header@0:24 ClientOrderId@24:16 Parent@40:16 ListId@56:8 Price@64:8 TriggerPrice@72:8 TriggerStated@80:8 " +
            "TrailOffset@88:8 Quantity@96:8 Cumulative@104:8 NewPrice@112:8 NewTrigger@120:8 NewOffset@128:8 NewQuantity@136:8 " +
            "QueueAhead@144:8 DecisionTime@152:8 ExpireTime@160:8 Deadline@168:8 AcceptedAt@176:8 Wanted@184:8 WantedNext@192:8 " +
            "Inactive@200:8 Extreme@208:8 TradedLow@216:8 TradedHigh@224:8 UserTag@232:8 Number@240:8 Facts@248:2 EndReason@250:2 " +
            "Doubt@252:2 ListPlace@254:2 LinePlace@256:4 Status@260:1 Side@261:1 Type@262:1 TimeInForce@263:1 Flags@264:1 " +
            "TriggerSource@265:1 Contingency@266:1 Origin@267:1 End@268:1 _reserved0@269:1 _reserved1@270:2 EndCumulative@272:8 " +
            "VenueOrderId@280:8 LastSequence@288:8 LastFill@296:8 SubmissionApproval@304:8 SubmissionUntil@312:8 " +
            "SubmissionDue@320:8 CancelApproval@328:8 CancelUntil@336:8 CancelDue@344:8 ReplaceApproval@352:8 ReplaceUntil@360:8 " +
            "ReplaceDue@368:8 DoubtSince@376:8 DoubtDue@384:8 Question@392:8 Attempts@400:4 DoubtPlace@404:4 EndPlace@408:4 " +
            "_reserved2@412:4 _reserved3@416:8 _reserved4@424:8 =432",
        ["CarriedOrderList"] =
            "Header@0:24 ListId@24:8 Unsettled@32:8 SettleFrom@40:8 Owner@48:2 Kind@50:1 HasParent@51:1 HasParentFilled@52:1 " +
            "_reserved0@53:1 _reserved1@54:2 Place@56:4 _reserved2@60:4 =64",
        ["CarriedOrderTimes"] =
            "Header@0:24 Count@24:2 _reserved0@26:2 _reserved1@28:4 Times@32:1024 =1056",
        ["CarriedOwner"] =
            "Header@0:24 Owner@24:2 Anomaly@26:1 _reserved0@27:1 _reserved1@28:4 LastOrder@32:8 Fills@40:8 " +
            "DeepestDayLossNanos@48:16 Retry@64:8 _reserved2@72:8 _reserved3@80:8 Name@88:256 =344",
        ["CarryOverBegins"] =
            "Header@0:24 Version@24:2 Owners@26:2 Instruments@28:4 Count@32:4 Orders@36:4 JournalId@40:8 Session@48:8 Clock@56:8 " +
            "Approvals@64:8 Outputs@72:8 Descriptions@80:8 OrdersTaken@88:8 _reserved0@96:8 _reserved1@104:8 _reserved2@112:8 =120",
        ["CarryOverEnds"] =
            "Header@0:24 Count@24:4 _reserved0@28:4 HashHigh@32:8 HashLow@40:8 =48",
        ["ContextValue"] =
            "Header@0:24 Strategy@24:2 Kind@26:1 _reserved0@27:1 _reserved1@28:4 Key@32:32 Bits@64:8 Text@72:64 =136",
        ["EquityEvent"] =
            "Header@0:24 Output@24:48 Currency@72:8 RealizedNanos@80:16 UnrealizedNanos@96:16 FeesNanos@112:16 EquityNanos@128:16 =144",
        ["FillEvent"] =
            "Header@0:24 Output@24:48 ClientOrderId@72:16 ExecutionId@88:16 Price@104:8 Quantity@112:8 FeeNanos@120:8 " +
            "Currency@128:8 Position@136:8 QueueAhead@144:8 Side@152:1 Liquidity@153:1 PositionSide@154:1 _reserved0@155:1 _reserved1@156:4 " +
            "_reserved2@160:8 =168",
        ["InstrumentDefinition"] =
            "Header@0:24 VenueInstrument@24:8 Activation@32:8 Expiration@40:8 Tick@48:8 Lot@56:8 MultiplierNanos@64:8 " +
            "Currency@72:8 Kind@80:1 UnitScale@81:1 Assumed@82:1 _reserved0@83:1 _reserved1@84:4 _reserved2@88:8 Symbol@96:72 " +
            "_reserved3@168:8 =176",
        ["LogEvent"] =
            "Header@0:24 Output@24:48 Level@72:1 FieldCount@73:1 FieldsLeftOut@74:1 _reserved@75:1 MessageLength@76:2 TextLength@78:2 " +
            "Text@80:512 =592",
        ["MarketBar"] =
            "Header@0:24 OpenTime@24:8 Span@32:8 Open@40:8 High@48:8 Low@56:8 Close@64:8 Volume@72:16 Count@88:8 Of@96:1 " +
            "_reserved0@97:1 _reserved1@98:2 _reserved2@100:4 =104",
        ["MarketByOrder"] =
            "Header@0:24 OrderId@24:8 Price@32:8 Quantity@40:8 Flags@48:1 Action@49:1 Side@50:1 Channel@51:1 Sequence@52:4 " +
            "SendDelta@56:4 SlotHint@60:4 =64",
        ["MessageHeader"] =
            "Type@0:1 Words@1:1 Source@2:2 Instrument@4:4 EventTime@8:8 ReceiveTime@16:8 =24",
        ["OperatorCommand"] =
            "Header@0:24 Action@24:1 Flattens@25:1 Strategy@26:2 _reserved0@28:4 Reason@32:256 =288",
        ["OrderCommand"] =
            "Header@0:24 Output@24:48 Approval@72:8 ClientOrderId@80:16 Replaces@96:16 ListId@112:8 Price@120:8 " +
            "TriggerPrice@128:8 TrailOffset@136:8 Quantity@144:8 DisplayQuantity@152:8 MinimumQuantity@160:8 ExpireTime@168:8 " +
            "UserTag@176:8 Kind@184:1 Side@185:1 Type@186:1 TimeInForce@187:1 PositionSide@188:1 Contingency@189:1 " +
            "TriggerSource@190:1 Flags@191:1 Reason@192:2 _reserved0@194:2 _reserved1@196:4 ValidUntil@200:8 Since@208:8 " +
            "VenueOrderId@216:8 =224",
        ["OrderEvent"] =
            "Header@0:24 Output@24:48 ClientOrderId@72:16 Price@88:8 Quantity@96:8 Cumulative@104:8 Leaves@112:8 " +
            "DecisionTime@120:8 QueueAhead@128:8 Side@136:1 Type@137:1 TimeInForce@138:1 Flags@139:1 From@140:1 To@141:1 " +
            "Reason@142:2 Limit@144:8 Found@152:8 TriggerPrice@160:8 Scope@168:1 _reserved1@169:1 _reserved2@170:2 _reserved3@172:4 =176",
        ["OrderReport"] =
            "Header@0:24 Sequence@24:8 ClientOrderId@32:16 ExecutionId@48:16 VenueOrderId@64:8 LastPrice@72:8 LastQuantity@80:8 " +
            "Cumulative@88:8 Leaves@96:8 FeeNanos@104:8 Kind@112:1 Side@113:1 Liquidity@114:1 PositionSide@115:1 Reason@116:2 " +
            "_reserved0@118:2 QueueAhead@120:8 =128",
        ["OutputHeader"] =
            "Sequence@0:8 Cause@8:8 IndexInStep@16:4 Strategy@20:2 Account@22:2 Parent@24:16 _reserved@40:8 =48",
        ["PlotEvent"] =
            "Header@0:24 Output@24:48 Name@72:32 Value@104:8 =112",
        ["PositionEvent"] =
            "Header@0:24 Output@24:48 Currency@72:8 Quantity@80:8 AveragePrice@88:8 RealizedNanos@96:16 FeesNanos@112:16 Side@128:1 " +
            "_reserved0@129:1 _reserved1@130:2 _reserved2@132:4 =136",
        ["QuoteEvent"] =
            "Header@0:24 Output@24:48 Bid@72:8 BidQuantity@80:8 Ask@88:8 AskQuantity@96:8 =104",
        ["SeriesDefinition"] =
            "Header@0:24 Series@24:2 ValueCount@26:1 _reserved0@27:1 _reserved1@28:4 Name@32:32 ValueNames@64:512 =576",
        ["SeriesObservation"] =
            "Header@0:24 Series@24:2 _reserved0@26:2 _reserved1@28:4 Key@32:32 Values@64:128 =192",
        ["TimeReached"] =
            "Header@0:24 =24",
        ["TradingStateChanged"] =
            "Header@0:24 State@24:1 _reserved@25:1 Action@26:2 Reason@28:2 TradingEvent@30:2 =32",
        ["VenueOrder"] =
            "Header@0:24 Sequence@24:8 Request@32:8 ClientOrderId@40:16 VenueOrderId@56:8 Price@64:8 TriggerPrice@72:8 " +
            "TrailOffset@80:8 Quantity@88:8 Cumulative@96:8 Leaves@104:8 ExpireTime@112:8 Status@120:1 Side@121:1 Type@122:1 " +
            "TimeInForce@123:1 Flags@124:1 TriggerSource@125:1 PositionSide@126:1 _reserved0@127:1 Reason@128:2 " +
            "_reserved1@130:2 _reserved2@132:4 _reserved3@136:8 =144",
        ["VenuePosition"] =
            "Header@0:24 Request@24:8 Quantity@32:8 AveragePrice@40:8 PositionSide@48:1 _reserved0@49:1 _reserved1@50:2 " +
            "_reserved2@52:4 _reserved3@56:8 =64",
        ["VenueAnswer"] =
            "Header@0:24 Sequence@24:8 Request@32:8 Executions@40:4 Orders@44:4 Positions@48:4 Kind@52:1 _reserved0@53:1 " +
            "Reason@54:2 _reserved1@56:8 =64",
        ["VenueConnection"] =
            "Header@0:24 Connected@24:1 _reserved0@25:1 _reserved1@26:2 _reserved2@28:4 =32",
        ["ExecutionChanged"] =
            "Header@0:24 Sequence@24:8 ClientOrderId@32:16 ExecutionId@48:16 Original@64:16 VenueOrderId@80:8 OldPrice@88:8 " +
            "OldQuantity@96:8 OldFeeNanos@104:8 NewPrice@112:8 NewQuantity@120:8 NewFeeNanos@128:8 Side@136:1 Liquidity@137:1 " +
            "PositionSide@138:1 _reserved0@139:1 _reserved1@140:4 _reserved2@144:8 =152",
        ["AnomalyEvent"] =
            "Header@0:24 Output@24:48 ClientOrderId@72:16 ExecutionId@88:16 VenueOrderId@104:8 Quantity@112:8 Kind@120:1 " +
            "Status@121:1 Report@122:1 Side@123:1 Reason@124:2 _reserved0@126:2 _reserved1@128:8 =136",
        ["ReconciliationEvent"] =
            "Header@0:24 Output@24:48 Request@72:8 Executions@80:4 Orders@84:4 Positions@88:4 Differences@92:4 Attempt@96:4 " +
            "Stage@100:1 Trigger@101:1 Reason@102:2 _reserved0@104:8 _reserved1@112:8 =120",
        ["DifferenceEvent"] =
            "Header@0:24 Output@24:48 Request@72:8 ClientOrderId@80:16 VenueOrderId@96:8 Ours@104:8 Theirs@112:8 " +
            "OurPrice@120:8 TheirPrice@128:8 Kind@136:1 OurStatus@137:1 TheirStatus@138:1 Side@139:1 _reserved0@140:4 =144",
        ["ModeEvent"] =
            "Header@0:24 Output@24:48 From@72:1 To@73:1 Anomaly@74:1 _reserved0@75:1 Reason@76:2 _reserved1@78:2 " +
            "_reserved2@80:8 =88",
        ["RiskStateEvent"] =
            "Header@0:24 Output@24:48 From@72:1 To@73:1 Measure@74:1 _reserved0@75:1 _reserved1@76:4 Found@80:8 Threshold@88:8 " +
            "_reserved2@96:8 =104",
        ["AdjustmentEvent"] =
            "Header@0:24 Output@24:48 ClientOrderId@72:16 Want@88:1 Side@89:1 State@90:1 Scope@91:1 Reason@92:2 _reserved0@94:2 " +
            "Asked@96:8 Granted@104:8 AskedPrice@112:8 GrantedPrice@120:8 Limit@128:8 Found@136:8 _reserved1@144:8 =152",
        ["KillEvent"] =
            "Header@0:24 Output@24:48 KilledBy@72:1 IsOn@73:1 Flattens@74:1 _reserved0@75:1 _reserved1@76:4 Limit@80:8 Found@88:8 " +
            "_reserved2@96:8 Reason@104:256 =360",
        ["CarriedPeak"] =
            "Header@0:24 Strategy@24:2 _reserved0@26:2 _reserved1@28:4 PeakNanos@32:16 DayPeakNanos@48:16 =64",
        ["CarriedKill"] =
            "Header@0:24 Since@24:8 Strategy@32:2 Cause@34:1 Flattens@35:1 _reserved0@36:4 Reason@40:256 =296",
        ["CarriedKillBase"] =
            "Header@0:24 Strategy@24:2 HasPeak@26:1 HasLoss@27:1 _reserved0@28:4 PeakNanos@32:16 LossNanos@48:16 =64",
        ["CarriedRiskState"] =
            "Header@0:24 CalmSince@24:8 Strategy@32:2 State@34:1 Measure@35:1 _reserved0@36:4 FactorNanos@40:8 RisesFromNanos@48:8 FactorSince@56:8 =64",
    };

    [Fact]
    public void Every_message_has_its_layout_stated_here() => Assert.Equal(Layouts.Keys.Except(["MessageHeader", "OutputHeader"]), MessageTypes.Select(type => type.Name));

    [Fact]
    public void Fields_stand_where_they_are_stated_to_stand()
    {
        foreach ((string name, string layout) in Layouts)
            Assert.Equal(layout, Describe(typeof(MessageHeader).Assembly.GetType($"Fathom.Domain.Messages.{name}", throwOnError: true)!));
    }

    [Fact]
    public void The_header_comes_first_and_an_outputs_header_second()
    {
        foreach (Type type in MessageTypes)
        {
            FieldInfo[] fields = FieldsOf(type);
            Assert.Equal("Header", fields[0].Name);
            foreach (FieldInfo field in fields.Where(field => field.FieldType == typeof(OutputHeader))) Assert.Same(fields[1], field);
        }
    }

    [Fact]
    public void A_message_is_whole_words_long_and_fits_the_headers_count()
    {
        foreach (Type type in MessageTypes)
        {
            int size = SizeOf(type);
            Assert.True(size % 8 == 0 && size <= Fathom.Domain.Messages.Messages.LengthMax, $"{type.Name} has {size} bytes");
        }
    }

    [Fact]
    public void No_byte_of_a_message_lies_between_fields()
    {
        foreach (Type type in MessageTypes)      // a gap's bytes are nobody's: they would make equal messages hash differently
            Assert.Equal(SizeOf(type), FieldsOf(type).Sum(field => SizeOf(field.FieldType)));
    }

    [Fact]
    public void Message_numbers_are_different() => Assert.Equal(Enum.GetNames<MessageType>().Length, Enum.GetValues<MessageType>().Distinct().Count());

    [Theory]
    [InlineData(0, MessageType.None)]
    [InlineData(1, MessageType.MarketByOrder)]
    [InlineData(2, MessageType.InstrumentDefined)]
    [InlineData(3, MessageType.InstrumentChanged)]
    [InlineData(4, MessageType.TradingStateChanged)]
    [InlineData(16, MessageType.SeriesDefined)]
    [InlineData(17, MessageType.SeriesPoint)]
    [InlineData(32, MessageType.OrderReport)]
    [InlineData(64, MessageType.OrderCommand)]
    [InlineData(65, MessageType.OrderEvent)]
    [InlineData(66, MessageType.FillEvent)]
    [InlineData(48, MessageType.TimeReached)]
    [InlineData(49, MessageType.OperatorCommand)]
    [InlineData(50, MessageType.ContextValue)]
    [InlineData(51, MessageType.CarryOverBegins)]
    [InlineData(52, MessageType.CarriedAccount)]
    [InlineData(53, MessageType.CarriedMoney)]
    [InlineData(54, MessageType.CarriedOwner)]
    [InlineData(55, MessageType.CarriedLedger)]
    [InlineData(56, MessageType.CarriedInstrument)]
    [InlineData(57, MessageType.CarriedHolding)]
    [InlineData(58, MessageType.CarriedOrder)]
    [InlineData(59, MessageType.CarriedOrderList)]
    [InlineData(60, MessageType.CarriedExecutions)]
    [InlineData(61, MessageType.CarriedOrderTimes)]
    [InlineData(62, MessageType.CarriedExternalOrder)]
    [InlineData(63, MessageType.CarryOverEnds)]
    [InlineData(67, MessageType.QuoteEvent)]
    [InlineData(68, MessageType.PositionEvent)]
    [InlineData(69, MessageType.EquityEvent)]
    [InlineData(70, MessageType.PlotEvent)]
    [InlineData(71, MessageType.AnnotationEvent)]
    [InlineData(72, MessageType.LogEvent)]
    [InlineData(33, MessageType.VenueOrder)]
    [InlineData(34, MessageType.VenuePosition)]
    [InlineData(35, MessageType.VenueAnswer)]
    [InlineData(36, MessageType.VenueConnection)]
    [InlineData(37, MessageType.ExecutionChanged)]
    [InlineData(73, MessageType.AnomalyEvent)]
    [InlineData(74, MessageType.ReconciliationEvent)]
    [InlineData(75, MessageType.DifferenceEvent)]
    [InlineData(76, MessageType.ModeEvent)]
    [InlineData(77, MessageType.RiskStateEvent)]
    [InlineData(78, MessageType.AdjustmentEvent)]
    [InlineData(79, MessageType.KillEvent)]
    [InlineData(44, MessageType.CarriedKillBase)]
    [InlineData(45, MessageType.CarriedPeak)]
    [InlineData(46, MessageType.CarriedKill)]
    [InlineData(47, MessageType.CarriedRiskState)]
    public void A_message_keeps_its_number(byte number, MessageType type) => Assert.Equal(number, (byte)type);

    [Fact]
    public void Market_by_order_is_one_cache_line() => Assert.Equal(64, SizeOf(typeof(MarketByOrder)));

    [Fact]
    public void A_created_header_states_the_messages_length()
    {
        MessageHeader header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 7, new(3), new(1), new(2));
        Assert.Equal(SizeOf(typeof(OrderCommand)), header.Length);
        Assert.Equal((MessageType.OrderCommand, (ushort)7, 3, 1L, 2L), (header.Type, header.Source, header.Instrument.Index, header.EventTime.Nanos, header.ReceiveTime.Nanos));
    }

    [Fact]
    public void A_message_is_read_back_from_its_own_bytes()
    {
        MarketByOrder message = new() { OrderId = 0x0102030405060708, SlotHint = 0xAABBCCDD };
        ReadOnlySpan<byte> bytes = Fathom.Domain.Messages.Messages.AsBytes(in message);
        Assert.Equal(64, bytes.Length);
        Assert.Equal([8, 7, 6, 5, 4, 3, 2, 1], bytes.Slice(24, 8).ToArray());      // little-endian
        Assert.Equal(0xAABBCCDD, Fathom.Domain.Messages.Messages.As<MarketByOrder>(bytes).SlotHint);
    }

    private static string Describe(Type type) =>
        string.Join(" ", FieldsOf(type).Select(field => $"{field.Name}@{OffsetOf(field)}:{SizeOf(field.FieldType)}").Append($"={SizeOf(type)}"));

    private static FieldInfo[] FieldsOf(Type type) => [.. type.GetFields(AnyField).OrderBy(OffsetOf)];

    private static int SizeOf(Type type) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    /// <summary>The offset that the runtime really uses: the field's address minus the struct's.</summary>
    private static int OffsetOf(FieldInfo field)
    {
        DynamicMethod method = new("OffsetOf", typeof(int), [field.DeclaringType!.MakeByRefType()], typeof(MessagesLayoutTests).Module, skipVisibility: true);
        ILGenerator code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldflda, field);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Sub);
        code.Emit(OpCodes.Conv_I4);
        code.Emit(OpCodes.Ret);
        return (int)method.Invoke(null, [Activator.CreateInstance(field.DeclaringType!)])!;
    }
}
