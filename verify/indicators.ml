(* Technical indicators, TA-Lib's conventions where it has them. Each is a function of all samples, the missing ones left out, which gives a row of outputs per sample:
   windows are cut out anew for each, exponential averages are the weighted sums that they stand for. *)
open Witness

(* Samples in, outputs per sample out; a row of the table without a sample keeps the outputs of the sample before it. *)
let spread (taken : bool array) (outputs : float array array) nothing : answer =
  let next = ref 0 and last = ref nothing in
  Array.map (fun is_taken ->
    if is_taken then (last := outputs.(!next); incr next);
    !last) taken

let over columns f outputs args (table : table) : answer =
  let taken = Array.map (fun row -> List.for_all (fun c -> Float.is_finite row.(c)) columns) table in
  let samples = Array.of_list (List.filter (fun row -> List.for_all (fun c -> Float.is_finite row.(c)) columns) (Array.to_list table)) in
  spread taken (f args samples) (Array.make outputs nan)

let on_values outputs f = over [ 2 ] (fun args samples -> f args (Array.map (fun row -> row.(2)) samples)) outputs

type bars = { high : float array; low : float array; close : float array; volume : float array; typical : float array }

let on_bars outputs f =
  over [ 2; 3; 4; 5; 6 ]
    (fun args samples ->
      let column c = Array.map (fun row -> row.(c)) samples in
      f args { high = column 3; low = column 4; close = column 5; volume = column 6; typical = Array.map (fun row -> (row.(3) +. row.(4) +. row.(5)) /. 3.0) samples })
    outputs

(* Several series side by side. *)
let rows columns = match columns with [] -> [||] | first :: _ -> Array.init (Array.length first) (fun i -> Array.of_list (List.map (fun column -> column.(i)) columns))

let real = float_of_int
let sum = Array.fold_left ( +. ) 0.0
let mean xs = sum xs /. real (Array.length xs)
let largest xs = Array.fold_left Float.max neg_infinity xs
let smallest xs = Array.fold_left Float.min infinity xs
let is_flat xs = Array.for_all (fun x -> x = xs.(0)) xs

(* f of the last n up to each place; nan where there are fewer or where one of them is nan. *)
let windows n f xs =
  Array.mapi (fun i _ ->
    if i < n - 1 then nan
    else
      let window = Array.sub xs (i - n + 1) n in
      if Array.exists Float.is_nan window then nan else f window) xs

let sma n = windows n mean
let map2 f xs ys = Array.map2 f xs ys

(* For series that begin with nan: f of what follows. *)
let after_start f xs =
  let n = Array.length xs in
  let rec start i = if i < n && Float.is_nan xs.(i) then start (i + 1) else i in
  let s = start 0 in
  Array.append (Array.make s nan) (f (Array.sub xs s (n - s)))

(* seed at place s, then each x after it with weight k, and everything before falls by 1 - k: written out as one sum. *)
let falling s seed k xs i =
  let total = ref 0.0 and weight = ref 1.0 in
  for j = i downto s + 1 do
    total := !total +. (!weight *. k *. xs.(j));
    weight := !weight *. (1.0 -. k)
  done;
  !total +. (!weight *. seed)

let averaged n k = after_start (fun xs -> Array.mapi (fun i _ -> if i < n - 1 then nan else falling (n - 1) (mean (Array.sub xs 0 n)) k xs i) xs)
let ema n = averaged n (2.0 /. real (n + 1))
let wilder n = averaged n (1.0 /. real n)

let wma n =
  windows n (fun window ->
    let weighted = Array.mapi (fun i x -> real (i + 1) *. x) window in
    sum weighted /. real (n * (n + 1) / 2))

let dema n xs =
  let first = ema n xs in
  map2 (fun a b -> (2.0 *. a) -. b) first (ema n first)

let tema n xs =
  let first = ema n xs in
  let second = ema n first in
  let third = ema n second in
  Array.mapi (fun i _ -> (3.0 *. (first.(i) -. second.(i))) +. third.(i)) xs

let hma n xs =
  let rec root r = if (r + 1) * (r + 1) > n then r else root (r + 1) in
  wma (root 1) (map2 (fun half whole -> (2.0 *. half) -. whole) (wma (n / 2) xs) (wma n xs))

let kama n fast slow xs =
  let fast = 2.0 /. real (fast + 1) and slow = 2.0 /. real (slow + 1) in
  let average = ref nan in
  Array.mapi (fun i x ->
    if i < n then nan
    else begin
      if i = n then average := xs.(n - 1);
      let path = sum (Array.init n (fun j -> Float.abs (xs.(i - j) -. xs.(i - j - 1)))) in
      let efficiency = if path < 1e-14 then 1.0 else Float.min 1.0 (Float.abs (x -. xs.(i - n)) /. path) in
      let weight = ((efficiency *. (fast -. slow)) +. slow) ** 2.0 in
      average := (weight *. x) +. ((1.0 -. weight) *. !average);
      !average
    end) xs

let deviation window =
  if is_flat window then 0.0
  else
    let m = mean window in
    sqrt (mean (Array.map (fun x -> (x -. m) ** 2.0) window))

let bollinger n k xs =
  Array.mapi (fun i x ->
    if i < n - 1 then Array.make 5 nan
    else
      let window = Array.sub xs (i - n + 1) n in
      let middle = if is_flat window then x else mean window and d = deviation window in
      let upper = middle +. (k *. d) and lower = middle -. (k *. d) in
      let width = if k *. d = 0.0 then 0.0 else if Float.abs middle < 1e-6 *. (k *. d) then nan else 2.0 *. k *. d /. middle in
      [| upper; middle; lower; width; (if k *. d = 0.0 then 0.5 else ((k *. d) -. mean (Array.map (fun y -> y -. x) window)) /. (2.0 *. k *. d)) |]) xs

let ranges n b = (windows n largest b.high, windows n smallest b.low)

let donchian n b =
  let upper, lower = ranges n b in
  rows [ upper; map2 (fun u l -> (u +. l) /. 2.0) upper lower; lower ]

let true_range b =
  Array.mapi (fun i high ->
    if i = 0 then nan
    else
      let c = b.close.(i - 1) and low = b.low.(i) in
      largest [| high -. low; Float.abs (high -. c); Float.abs (low -. c) |]) b.high

let atr n b = wilder n (true_range b)

let keltner n k m b =
  let middle = ema n b.close and range = atr m b in
  rows [ map2 (fun e r -> e +. (k *. r)) middle range; middle; map2 (fun e r -> e -. (k *. r)) middle range ]

(* Two passes over the bars of the session so far, for each row. *)
let vwap_bands args (table : table) : answer =
  let k = number args "deviations" in
  let is_bar row = List.for_all (fun c -> Float.is_finite row.(c)) [ 2; 3; 4; 5; 6 ] && row.(6) > 0.0 in
  Array.mapi (fun i _ ->
    let rec opening j = if j <= 0 || table.(j).(1) = 1.0 then max j 0 else opening (j - 1) in
    let first = opening i in
    let session = Array.of_list (List.filter is_bar (Array.to_list (Array.sub table first (i - first + 1)))) in
    if session = [||] then Array.make 3 nan
    else
      let price row = (row.(3) +. row.(4) +. row.(5)) /. 3.0 in
      let volume = sum (Array.map (fun row -> row.(6)) session) in
      let vwap = sum (Array.map (fun row -> row.(6) *. price row) session) /. volume in
      let d = sqrt (sum (Array.map (fun row -> row.(6) *. ((price row -. vwap) ** 2.0)) session) /. volume) in
      [| vwap; vwap +. (k *. d); vwap -. (k *. d) |]) table

let changes xs = Array.mapi (fun i x -> if i = 0 then nan else x -. xs.(i - 1)) xs

let rsi n xs =
  let part sign = wilder n (Array.map (fun c -> if Float.is_nan c then nan else if sign *. c > 0.0 then sign *. c else 0.0) (changes xs)) in
  map2 (fun g l -> if g +. l < 1e-14 then 0.0 else 100.0 *. g /. (g +. l)) (part 1.0) (part (-1.0))

let share x low high = Float.min 100.0 (Float.max 0.0 (100.0 *. (x -. low) /. (high -. low)))

let stochastic n smooth signal b =
  let high, low = ranges n b in
  let raw = Array.mapi (fun i c -> if Float.is_nan high.(i) then nan else if high.(i) = low.(i) then 0.0 else share c low.(i) high.(i)) b.close in
  let k = sma smooth raw in
  rows [ k; sma signal k ]

let stochastic_rsi r n signal xs =
  let index = rsi r xs in
  let high = windows n largest index and low = windows n smallest index in
  let k = Array.mapi (fun i x -> if Float.is_nan high.(i) then nan else if high.(i) -. low.(i) < 1e-6 then 0.0 else share x low.(i) high.(i)) index in
  rows [ k; sma signal k ]

let macd fast slow signal xs =
  let fast, slow = (min fast slow, max fast slow) in
  (* both begin at the slow-th value: what the fast one does not see is left out *)
  let late = Array.mapi (fun i x -> if i < slow - fast then nan else x) xs in
  let line = map2 ( -. ) (ema fast late) (ema slow xs) in
  let smooth = ema signal line in
  rows [ line; smooth; map2 ( -. ) line smooth ]

(* From the newest price, so that the digits that all prices share do not hide their differences. *)
let cci n b =
  windows n (fun window ->
    let newest = window.(n - 1) in
    let away = Array.map (fun p -> p -. newest) window in
    let m = mean away in
    let deviation = mean (Array.map (fun x -> Float.abs (x -. m)) away) in
    if deviation < 1e-12 *. Float.abs newest then 0.0 else -.m /. (0.015 *. deviation)) b.typical

let roc n xs = Array.mapi (fun i x -> if i < n then nan else if xs.(i - n) = 0.0 then 0.0 else 100.0 *. (x -. xs.(i - n)) /. xs.(i - n)) xs

let williams_r n b =
  let high, low = ranges n b in
  Array.mapi (fun i c -> if Float.is_nan high.(i) then nan else if high.(i) = low.(i) then 0.0 else share c low.(i) high.(i) -. 100.0) b.close

let obv b =
  Array.mapi (fun i _ ->
    sum (Array.init (i + 1) (fun j ->
      if j = 0 || b.close.(j) > b.close.(j - 1) then b.volume.(j) else if b.close.(j) < b.close.(j - 1) then -.b.volume.(j) else 0.0))) b.close

let mfi n b =
  Array.mapi (fun i _ ->
    if i < n then nan
    else
      let flow compare_to =
        sum (Array.init n (fun back ->
          let j = i - back in
          if compare b.typical.(j) b.typical.(j - 1) = compare_to then b.typical.(j) *. b.volume.(j) else 0.0)) in
      let positive = flow 1 and negative = flow (-1) in
      if positive +. negative < 1.0 then 0.0 else 100.0 *. positive /. (positive +. negative)) b.close

(* Wilder's sums: those of the first n - 1 as they are, then each falls by 1 / n when a new one comes. *)
let wilder_sum n xs i =
  let total = ref 0.0 in
  for j = 1 to i do
    total := !total +. (xs.(j) *. ((1.0 -. (1.0 /. real n)) ** real (i - max j (n - 1))))
  done;
  !total

let adx n b =
  let count = Array.length b.high in
  let move sign =
    Array.init count (fun i ->
      if i = 0 then 0.0
      else
        let up = b.high.(i) -. b.high.(i - 1) and down = b.low.(i - 1) -. b.low.(i) in
        let mine, other = if sign > 0 then (up, down) else (down, up) in
        if mine > other && mine > 0.0 then mine else 0.0) in
  let plus = move 1 and minus = move (-1) and range = true_range b in
  let indicator moves i =
    let r = wilder_sum n range i in
    if i < n then nan else if r < 1e-14 then 0.0 else Float.min 100.0 (100.0 *. wilder_sum n moves i /. r) in
  let p = Array.init count (indicator plus) and m = Array.init count (indicator minus) in
  let index i = if p.(i) +. m.(i) < 1e-14 then None else Some (100.0 *. Float.abs (p.(i) -. m.(i)) /. (p.(i) +. m.(i))) in
  let average i =
    if i < (2 * n) - 1 then nan
    else
      let first = mean (Array.init n (fun j -> Option.value (index (n + j)) ~default:0.0)) in
      let later = List.filter_map index (List.init (i - (2 * n) + 1) (fun j -> (2 * n) + j)) in
      let xs = Array.of_list (0.0 :: later) in
      falling 0 first (1.0 /. real n) xs (Array.length xs - 1) in
  rows [ Array.init count average; p; m ]

(* Both directions written out. *)
let psar step largest_step b =
  let step = Float.min step largest_step in
  let count = Array.length b.high in
  let answer = Array.make count nan in
  if count > 1 then begin
    let down = b.low.(0) -. b.low.(1) and up = b.high.(1) -. b.high.(0) in
    let is_long = ref (not (down > 0.0 && up < down)) in
    let extreme = ref (if !is_long then b.high.(1) else b.low.(1)) and stop = ref (if !is_long then b.low.(0) else b.high.(0)) and a = ref step in
    for i = 1 to count - 1 do
      let before = max 1 (i - 1) in
      let top = Float.max b.high.(before) b.high.(i) and bottom = Float.min b.low.(before) b.low.(i) in
      if !is_long then
        if b.low.(i) <= !stop then begin
          answer.(i) <- Float.max !extreme top;
          is_long := false;
          a := step;
          extreme := b.low.(i);
          stop := Float.max (answer.(i) +. (!a *. (!extreme -. answer.(i)))) top
        end
        else begin
          answer.(i) <- !stop;
          if b.high.(i) > !extreme then (extreme := b.high.(i); a := Float.min (!a +. step) largest_step);
          stop := Float.min (!stop +. (!a *. (!extreme -. !stop))) bottom
        end
      else if b.high.(i) >= !stop then begin
        answer.(i) <- Float.min !extreme bottom;
        is_long := true;
        a := step;
        extreme := b.high.(i);
        stop := Float.min (answer.(i) +. (!a *. (!extreme -. answer.(i)))) bottom
      end
      else begin
        answer.(i) <- !stop;
        if b.low.(i) < !extreme then (extreme := b.low.(i); a := Float.min (!a +. step) largest_step);
        stop := Float.max (!stop +. (!a *. (!extreme -. !stop))) top
      end
    done
  end;
  answer

let aroon n b =
  let newest is_better xs i =
    let rec seek j best = if j > n then best else seek (j + 1) (if is_better xs.(i - j) xs.(i - best) then j else best) in
    seek 1 0 in
  Array.mapi (fun i _ ->
    if i < n then Array.make 3 nan
    else
      let part is_better xs = 100.0 *. real (n - newest is_better xs i) /. real n in
      let up = part ( > ) b.high and down = part ( < ) b.low in
      [| up; down; up -. down |]) b.high

let supertrend n k b =
  let range = atr n b in
  let count = Array.length range in
  let upper = Array.make count nan and lower = Array.make count nan and direction = Array.make count nan in
  for i = n to count - 1 do
    let middle = (b.high.(i) +. b.low.(i)) /. 2.0 in
    let u = middle +. (k *. range.(i)) and l = middle -. (k *. range.(i)) in
    upper.(i) <- (if i = n || b.close.(i - 1) > upper.(i - 1) then u else Float.min u upper.(i - 1));
    lower.(i) <- (if i = n || b.close.(i - 1) < lower.(i - 1) then l else Float.max l lower.(i - 1));
    let was_rising = if i = n then b.close.(i) >= middle else direction.(i - 1) > 0.0 in
    direction.(i) <- (if b.close.(i) <= (if was_rising then lower.(i) else upper.(i)) then -1.0 else 1.0)
  done;
  rows [ Array.mapi (fun i d -> if d > 0.0 then lower.(i) else upper.(i)) direction; direction ]

let ichimoku c m l d b =
  let middle n = let high, low = ranges n b in map2 (fun h l -> (h +. l) /. 2.0) high low in
  let conversion = middle c and base = middle m in
  let ago xs = Array.mapi (fun i _ -> if i < d then nan else xs.(i - d)) xs in
  rows [ conversion; base; ago (map2 (fun a b -> (a +. b) /. 2.0) conversion base); ago (middle l); b.close ]

let one f args samples = rows [ f args samples ]
let period args = count args "period"

let () =
  List.iter (fun (name, f) -> register name (on_values 1 (one (fun args -> f (period args)))))
    [ ("sma", sma); ("ema", ema); ("wma", wma); ("dema", dema); ("tema", tema); ("hma", hma); ("rsi", rsi); ("roc", roc); ("standard_deviation", fun n -> windows n deviation) ];
  List.iter (fun (name, f) -> register name (on_bars 1 (one (fun args -> f (period args))))) [ ("atr", atr); ("cci", cci); ("williams_r", williams_r); ("mfi", mfi) ];
  List.iter (fun (name, f) -> register name (on_bars 3 (fun args -> f (period args)))) [ ("adx", adx); ("aroon", aroon); ("donchian", donchian) ];
  register "kama" (on_values 1 (one (fun args -> kama (period args) (count args "fast") (count args "slow"))));
  register "bollinger" (on_values 5 (fun args -> bollinger (period args) (number args "deviations")));
  register "stochastic" (on_bars 2 (fun args -> stochastic (period args) (count args "smooth") (count args "signal")));
  register "stochastic_rsi" (on_values 2 (fun args -> stochastic_rsi (count args "rsi_period") (period args) (count args "signal")));
  register "macd" (on_values 3 (fun args -> macd (count args "fast") (count args "slow") (count args "signal")));
  register "true_range" (on_bars 1 (one (fun _ -> true_range)));
  register "obv" (on_bars 1 (one (fun _ -> obv)));
  register "psar" (on_bars 1 (one (fun args -> psar (number args "step") (number args "max"))));
  register "keltner" (on_bars 3 (fun args -> keltner (period args) (number args "multiplier") (count args "atr_period")));
  register "supertrend" (on_bars 2 (fun args -> supertrend (period args) (number args "multiplier")));
  register "ichimoku" (on_bars 5 (fun args -> ichimoku (count args "conversion") (count args "base") (count args "leading") (count args "displacement")));
  register "vwap_bands" vwap_bands
