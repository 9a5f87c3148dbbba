(* Features of the order book. What the tape's rows are, and who took in a trade, stands here for flow.ml too. *)

open Witness

let missing = Float.nan
let is_book row = row.(2) = 0.0
let sum list = List.fold_left ( +. ) 0.0 list

(* From the best on: (price, quantity). *)
let levels_at row first count = List.init count (fun i -> (row.(first + (2 * i)), row.(first + (2 * i) + 1)))
let bids row = levels_at row 8 (int_of_float row.(6))
let asks row = levels_at row 28 (int_of_float row.(7))
let is_stale row = row.(3) <> 0.0

let is_sound row =
  (not (is_stale row)) && match (bids row, asks row) with (bid, _) :: _, (ask, _) :: _ -> bid < ask | _ -> false

let mid row = (fst (List.hd (bids row)) +. fst (List.hd (asks row))) /. 2.0

let rec take n list = match list with x :: rest when n > 0 -> x :: take (n - 1) rest | _ -> []
let last_n n list = List.rev (take n (List.rev list))

(* Rows 0 to i that are books, oldest first. *)
let books table i = List.filter is_book (Array.to_list (Array.sub table 0 (i + 1)))
let newest list = match List.rev list with x :: _ -> Some x | [] -> None

(* An answer whose row i is made from i alone. *)
let each (table : table) f : answer = Array.init (Array.length table) f

(* Of the newest book, where it is sound. *)
let of_moment outputs f args table =
  let answer = ref (Array.make outputs missing) in
  each table (fun i ->
      if is_book table.(i) then answer := if is_sound table.(i) then f args table.(i) else Array.make outputs missing;
      !answer)

let ratio bid ask = if bid +. ask = 0.0 then 0.0 else (bid -. ask) /. (bid +. ask)
let best side row = List.hd (side row)

let imbalance _ row = [| ratio (snd (best bids row)) (snd (best asks row)) |]

let bid_share _ row =
  let b = snd (best bids row) and a = snd (best asks row) in
  [| (if a +. b = 0.0 then 0.5 else b /. (a +. b)) |]

let depth_imbalance args row =
  let decay = number args "decay" in
  let weighted side = sum (List.mapi (fun i (_, q) -> q *. exp (-.decay *. float_of_int i)) (take (count args "levels") (side row))) in
  [| ratio (weighted bids) (weighted asks) |]

let pressure args row =
  let weighted side = sum (List.map (fun (p, q) -> q /. Float.abs (p -. mid row)) (take (count args "levels") (side row))) in
  [| ratio (weighted bids) (weighted asks) |]

let spread _ row = [| fst (best asks row) -. fst (best bids row) |]
let relative_spread _ row = [| (fst (best asks row) -. fst (best bids row)) /. mid row *. 1e4 |]
let middle _ row = [| mid row |]

let weighted_mid _ row =
  let bid, bq = best bids row and ask, aq = best asks row in
  [| ((bid *. aq) +. (ask *. bq)) /. (bq +. aq) |]

let own_queue _ row = [| row.(4) /. snd (best bids row); row.(5) /. snd (best asks row) |]

let mid_change _ table =
  each table (fun i ->
      match List.rev (books table i) with
      | book :: before when is_sound book -> (
        match List.find_opt is_sound before with
        | Some previous -> [| mid book -. mid previous |]
        | None -> [| missing |])
      | _ -> [| missing |])

let mid_rate args table =
  let window = float_of_int (nanos args "window") in
  each table (fun i ->
      let all = books table i in
      let sound = List.filter is_sound all in
      match (newest all, newest (List.filter (fun book -> book.(0) <= table.(i).(0) -. window) sound)) with
      | Some book, Some past when is_sound book -> [| (mid book -. mid past) /. (window /. 1e9) |]
      | _ -> [| missing |])

(* Level m of a side, or what stands for none. *)
let level side none m row = match List.nth_opt (side row) m with Some l -> l | None -> (none, 0.0)
let bid_level = level bids Float.neg_infinity
let ask_level = level asks Float.infinity

(* It says something of supply and demand. *)
let is_usable row = (not (is_stale row)) && (is_sound row || bids row = [] || asks row = [])

let event m before row =
  let one condition x = if condition then x else 0.0 in
  let pb, qb = bid_level m row and pb', qb' = bid_level m before in
  let pa, qa = ask_level m row and pa', qa' = ask_level m before in
  one (pb >= pb') qb -. one (pb <= pb') qb' -. one (pa <= pa') qa +. one (pa >= pa') qa'

(* (time, e summed over levels, depth summed over levels) of each change of the first levels. *)
let changes levels list =
  let numbers = List.init levels Fun.id in
  let rec walk = function
    | before :: (row :: _ as rest) ->
      let differs m = bid_level m before <> bid_level m row || ask_level m before <> ask_level m row in
      if is_usable before && is_usable row && List.exists differs numbers then
        let depth = sum (List.map (fun m -> (snd (bid_level m row) +. snd (ask_level m row)) /. 2.0) numbers) in
        (row.(0), sum (List.map (fun m -> event m before row) numbers), depth) :: walk rest
      else walk rest
    | _ -> []
  in
  walk list

(* What the window holds of entries, by the time of each; None: it is not known. *)
let in_window args time now entries =
  match (window args "window", entries) with
  | _, [] -> None
  | `Count n, _ -> if List.length entries < n then None else Some (last_n n entries)
  | `Time w, _ -> Some (List.filter (fun e -> time e > now -. float_of_int w) entries)

let ofi args table =
  each table (fun i ->
      match in_window args (fun (time, _, _) -> time) table.(i).(0) (changes 1 (books table i)) with
      | None -> [| missing |]
      | Some list -> [| sum (List.map (fun (_, e, _) -> e) list) |])

let ofi_deep args table =
  let levels = count args "levels" in
  each table (fun i ->
      match in_window args (fun (time, _, _) -> time) table.(i).(0) (changes levels (books table i)) with
      | None -> [| missing |]
      | Some [] -> [| 0.0 |]
      | Some list ->
        let per_level x = x /. float_of_int levels in
        let flow = per_level (sum (List.map (fun (_, e, _) -> e) list)) in
        let depth = per_level (sum (List.map (fun (_, _, d) -> d) list)) /. float_of_int (List.length list) in
        [| (if depth = 0.0 then missing else flow /. depth) |])

let liquidity_score args table =
  let far = number args "bps" /. 1e4 *. (1.0 +. 1e-9) and tau = float_of_int (nanos args "tau") in
  let near row =
    let within (p, _) = Float.abs (p -. mid row) <= far *. mid row in
    let side list = sum (List.map snd (List.filter within (take (count args "levels") list))) in
    side (bids row) +. side (asks row)
  in
  each table (fun i ->
      let all = books table i in
      match newest all with
      | Some book when is_sound book ->
        let now = book.(0) in
        (* The weight of the time from start to stop: its integral of e^(-age / tau), over tau. *)
        let weight start stop = exp ((stop -. now) /. tau) *. -.Float.expm1 ((start -. stop) /. tau) in
        let rec integral f = function
          | one :: (next :: _ as rest) -> (if is_sound one then f one *. weight one.(0) next.(0) else 0.0) +. integral f rest
          | _ -> 0.0
        in
        let time = integral (fun _ -> 1.0) all and quantity = integral near all in
        [| (if quantity = 0.0 then missing else near book /. (quantity /. time)) |]
      | _ -> [| missing |])

(* Trades. *)

type trade = { row : int; time : float; price : float; quantity : float; sign : float; at_mid : float }

(* All trades of the table with the sign of each: the venue's, else Lee and Ready's where it is asked for. *)
let trades ?(venue = false) table =
  let is_trade row = row.(2) = 1.0 && Float.is_finite row.(3) && Float.is_finite row.(4) && row.(4) > 0.0 in
  let rows = List.filter (fun i -> is_trade table.(i)) (List.init (Array.length table) Fun.id) in
  let prices = Array.of_list (List.map (fun i -> table.(i).(3)) rows) in
  let rec tick price k = if k < 0 then 0.0 else if prices.(k) < price then 1.0 else if prices.(k) > price then -1.0 else tick price (k - 1) in
  List.mapi
    (fun k row ->
      let r = table.(row) in
      let at_mid = (r.(6) +. r.(7)) /. 2.0 in
      let is_at_mid = Float.abs (r.(3) -. at_mid) <= 1e-15 *. Float.abs at_mid in
      let sign =
        if r.(5) <> 0.0 || venue then r.(5)
        else if Float.is_nan at_mid || is_at_mid then tick r.(3) k
        else if r.(3) > at_mid then 1.0
        else -1.0
      in
      { row; time = r.(0); price = r.(3); quantity = r.(4); sign; at_mid })
    rows

let is_venue_alone args = word args "sign" = "venue"
let until i all = List.filter (fun trade -> trade.row <= i) all

(* Slopes of y on x. *)
let mean list = sum list /. float_of_int (List.length list)

let slope points =
  let x = mean (List.map fst points) and y = mean (List.map snd points) in
  let squares = sum (List.map (fun (a, _) -> (a -. x) ** 2.0) points) in
  if squares <= 1e-12 *. float_of_int (List.length points) *. x *. x then missing else sum (List.map (fun (a, b) -> (a -. x) *. (b -. y)) points) /. squares

let slope_through_origin points =
  let squares = sum (List.map (fun (a, _) -> a *. a) points) in
  if squares = 0.0 then missing else sum (List.map (fun (a, b) -> a *. b) points) /. squares

let kyle_lambda args table =
  let all = List.filter (fun trade -> not (Float.is_nan trade.at_mid)) (trades ~venue:(is_venue_alone args) table) in
  let belongs first k trade = match window args "bucket" with `Count n -> k < n | `Time w -> trade.time < first.time +. float_of_int w in
  (* Buckets with a trade behind them, as points. *)
  let rec points list =
    match list with
    | [] -> []
    | first :: _ -> (
      let rec split k inside = function
        | trade :: rest when belongs first k trade -> split (k + 1) (trade :: inside) rest
        | rest -> (inside, rest)
      in
      match split 0 [] list with
      | _, [] -> []
      | inside, (next :: _ as rest) -> (sum (List.map (fun t -> t.sign *. t.quantity) inside), next.at_mid -. first.at_mid) :: points rest)
  in
  each table (fun i ->
      let found = points (until i all) and n = count args "buckets" in
      if List.length found < n then [| missing |]
      else [| (if word args "line" = "origin" then slope_through_origin else slope) (last_n n found) |])

let whole x = int_of_float (Float.floor ((x *. 1e9) +. 0.5))

(* The volume of all trades on one line, cut at multiples of the bucket's volume. *)
let vpin args table =
  let volume = whole (number args "volume") and n = count args "buckets" and is_bulk = word args "classify" = "bulk" in
  let ends = ref 0 in
  let spans = List.map (fun t -> let start = !ends in ends := start + whole t.quantity; (t, start, !ends)) (trades table) in
  let signed spans k =
    let overlap (_, start, stop) = max 0 (min stop ((k + 1) * volume) - max start (k * volume)) in
    List.fold_left (fun total ((t, _, _) as span) -> total + (int_of_float t.sign * overlap span)) 0 spans
  in
  let price spans k = let t, _, _ = List.find (fun (_, start, stop) -> start < (k + 1) * volume && (k + 1) * volume <= stop) spans in t.price in
  each table (fun i ->
      let spans = List.filter (fun (t, _, _) -> t.row <= i) spans in
      let complete = List.fold_left (fun most (_, _, stop) -> max most stop) 0 spans / volume in
      let first = if is_bulk then 1 else 0 in
      if complete - first < n then [| missing |]
      else
        let change k = price spans k -. price spans (k - 1) in
        let by_bulk k =
          let from = max 1 (k - n + 1) in
          let squares = mean (List.init (k - from + 1) (fun j -> change (from + j) ** 2.0)) in
          if change k = 0.0 then 0.0 else Float.abs (Float.erf (change k /. sqrt squares /. sqrt 2.0))
        in
        let by_sign k = float_of_int (abs (signed spans k)) /. float_of_int volume in
        [| mean (List.init n (fun j -> (if is_bulk then by_bulk else by_sign) (complete - n + j))) |])

let () =
  register "imbalance" (of_moment 1 imbalance);
  register "bid_share" (of_moment 1 bid_share);
  register "depth_imbalance" (of_moment 1 depth_imbalance);
  register "pressure" (of_moment 1 pressure);
  register "spread" (of_moment 1 spread);
  register "relative_spread" (of_moment 1 relative_spread);
  register "mid" (of_moment 1 middle);
  register "weighted_mid" (of_moment 1 weighted_mid);
  register "own_queue" (of_moment 2 own_queue);
  register "mid_change" mid_change;
  register "mid_rate" mid_rate;
  register "ofi" ofi;
  register "ofi_deep" ofi_deep;
  register "liquidity_score" liquidity_score;
  register "kyle_lambda" kyle_lambda;
  register "vpin" vpin
